using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>The folders as one process sees them. Every write is a boundary at which the process can be made to fail.</summary>
internal sealed class FakeJournalFolders : IJournalFolders
{
    private readonly FakeHostState _host;
    private readonly ProcessIdentity _process;
    private readonly CrashScript _script;

    public FakeJournalFolders(FakeHostState host, ProcessIdentity process, CrashScript script)
    {
        _host = host;
        _process = process;
        _script = script;
    }

    public IJournalFolder? Open(string path, bool create, out string? problem)
    {
        problem = _host.BadFolders.GetValueOrDefault(path);
        return problem is null ? new FakeJournalFolder(_host, _process, _script, path) : null;
    }
}
