using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>A lock in memory. A process that was killed lost it then, and cannot give it back.</summary>
internal sealed class FakeFileLock : IFileLock
{
    private readonly FakeHostState _host;
    private readonly CrashScript _script;
    private readonly string _path;
    private readonly int _pid;

    public FakeFileLock(FakeHostState host, CrashScript script, string path, int pid)
    {
        _host = host;
        _script = script;
        _path = path;
        _pid = pid;
    }

    public Errno Write(ReadOnlySpan<byte> content)
    {
        if (!_script.IsKilled)
        {
            _host.Write(_path, content, append: false);
        }

        return Errno.None;
    }

    public void Dispose()
    {
        if (!_script.IsKilled)
        {
            _host.Unlock(_path, _pid);
        }
    }
}
