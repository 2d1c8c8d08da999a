using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>A folder in memory.</summary>
internal sealed class FakeJournalFolder : IJournalFolder
{
    private readonly FakeHostState _host;
    private readonly ProcessIdentity _process;
    private readonly CrashScript _script;

    public FakeJournalFolder(FakeHostState host, ProcessIdentity process, CrashScript script, string path)
    {
        _host = host;
        _process = process;
        _script = script;
        Path = path;
    }

    public string Path { get; }

    public bool IsInMemory => _host.RuntimeIsInMemory && Path.StartsWith("/run", StringComparison.Ordinal);

    public Errno List(out IReadOnlyList<string> names)
    {
        names = [.. _host.Files.Where(file => file.StartsWith(Path + "/", StringComparison.Ordinal)).Select(file => file[(Path.Length + 1)..])];
        return Errno.None;
    }

    public Errno Read(string name, out byte[] content)
    {
        var found = _host.Read(PathOf(name));
        content = found ?? [];
        return found is null ? Errno.ENOENT : Errno.None;
    }

    public Errno Create(string name, int room, out IJournalFile? file)
    {
        file = null;
        var path = PathOf(name);
        var errno = Answer(path);
        if (errno == Errno.None)
        {
            errno = _script.Act($"create {name}", () => _host.TryCreate(path) ? Errno.None : Errno.EEXIST);
        }

        file = errno == Errno.None ? new FakeJournalFile(_host, _script, path) : null;
        return errno;
    }

    public Errno Open(string name, out IJournalFile? file)
    {
        file = _host.Read(PathOf(name)) is null ? null : new FakeJournalFile(_host, _script, PathOf(name));
        return file is null ? Errno.ENOENT : Errno.None;
    }

    public Errno Remove(string name)
    {
        var path = PathOf(name);
        return _host.Read(path) is null ? Errno.ENOENT : _script.Act($"remove {name}", () => _host.Remove(path) ? Errno.None : Errno.ENOENT);
    }

    public Errno Lock(string name, out IFileLock? held)
    {
        held = null;
        if (_script.IsKilled)
        {
            return Errno.EIO;
        }

        var errno = _host.TryLock(PathOf(name), _process.Pid);
        held = errno == Errno.None ? new FakeFileLock(_host, _script, PathOf(name), _process.Pid) : null;
        return errno;
    }

    public void Dispose()
    {
        // Nothing is held open.
    }

    private Errno Answer(string path) => _script.IsKilled ? Errno.EIO : _host.OnWrite(path);

    private string PathOf(string name) => $"{Path}/{name}";
}
