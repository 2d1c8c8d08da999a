using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Journals;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>A file in memory that is added to. A process that dies in a write leaves half a record.</summary>
internal sealed class FakeJournalFile : IJournalFile
{
    private readonly FakeHostState _host;
    private readonly CrashScript _script;
    private readonly string _path;

    public FakeJournalFile(FakeHostState host, CrashScript script, string path)
    {
        _host = host;
        _script = script;
        _path = path;
    }

    public Errno Append(ReadOnlySpan<byte> bytes, bool durable)
    {
        var content = bytes.ToArray();
        var answer = _host.OnWrite(_path);
        if (answer != Errno.None)
        {
            return answer;
        }

        return JournalLines.Read(content, out _) is [var record]
            ? _script.Act($"journal {record.Event} {record.Participant ?? record.Backend}".TrimEnd(), () => Write(content), () => Write(content[..(content.Length / 2)]))
            : _script.IsKilled ? Errno.EIO : Write(content);
    }

    public void Dispose()
    {
        // Nothing is held open.
    }

    private Errno Write(byte[] content)
    {
        _host.Write(_path, content, append: true);
        return Errno.None;
    }
}
