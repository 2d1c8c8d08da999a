using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>The processes of a fake host, as one of them sees them.</summary>
internal sealed class FakeProcessTable : IProcessTable
{
    private readonly FakeHostState _host;

    public FakeProcessTable(FakeHostState host, ProcessIdentity self)
    {
        _host = host;
        Self = self;
    }

    public ProcessIdentity Self { get; }

    /// <summary>What the environment of each process holds.</summary>
    public Dictionary<int, IReadOnlyList<string>> Environments { get; } = [];

    public List<(int Pid, ProcessSignal Signal)> Signals { get; } = [];

    /// <summary>Called for each signal.</summary>
    public Action<int, ProcessSignal> OnSignal { get; set; } = static (_, _) => { };

    public bool IsAlive(ProcessIdentity process) => _host.IsAlive(process);

    public IReadOnlyList<int> FindMarked(IReadOnlyList<string> marks)
    {
        lock (Environments)
        {
            return [.. Environments.Where(pair => marks.All(mark => pair.Value.Contains(mark, StringComparer.Ordinal))).Select(static pair => pair.Key)];
        }
    }

    public void SignalMarked(IReadOnlyList<string> marks, ProcessSignal signal)
    {
        foreach (var pid in FindMarked(marks))
        {
            Signals.Add((pid, signal));
            OnSignal(pid, signal);
        }
    }
}
