using System.Globalization;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Scripts;

/// <summary>What the tries of one script have come to so far.</summary>
internal sealed class ScriptAttempts
{
    private readonly List<SnapshotError> _warnings = [];
    private readonly List<LeftBehind> _leftBehind = [];
    private readonly HashSet<int> _pids = [];

    public ScriptAttempts(ScriptRun run, ScriptOutput output)
    {
        Run = run;
        Output = output;
    }

    public ScriptRun Run { get; }

    public ScriptOutput Output { get; }

    public int Count { get; set; }

    public int? ExitCode { get; set; }

    public bool IsLast => Count >= Run.Tries;

    /// <summary>Each kind of warning once: the tries all meet the same.</summary>
    public void Warn(SnapshotError warning)
    {
        if (_warnings.All(other => other.Number != warning.Number))
        {
            _warnings.Add(warning);
        }
    }

    public void Leave(IReadOnlyList<int> pids) =>
        _leftBehind.AddRange(pids.Where(pid => _pids.Add(pid)).Select(pid => new LeftBehind
        {
            Kind = LeftBehindKind.RunningProcess,
            Id = pid.ToString(CultureInfo.InvariantCulture),
            Remedy = $"The process stems from the {Run.Kind} '{Run.Path}' and did not end by SIGKILL: it waits in the kernel, mostly for a disk " +
                     $"or a network file system ('cat /proc/{pid}/stack'). It ends when that answers, or with a reboot.",
        }));

    public void LeaveUnstarted() =>
        _leftBehind.Add(new LeftBehind
        {
            Kind = LeftBehindKind.RunningProcess,
            Id = Run.Path,
            Remedy = $"The start of the {Run.Kind} '{Run.Path}' hangs in the kernel, mostly for a disk or a network file system that does not " +
                     "answer. Should it start after all, it is ended at once while this process lives.",
        });

    public ParticipantResult ToResult(StepStatus status, params SnapshotError[] errors) => new()
    {
        Status = status,
        Attempts = Count,
        ExitCode = ExitCode,
        OutputTail = Output.Tail,
        Errors = errors,
        Warnings = [.. _warnings],
        LeftBehind = [.. _leftBehind],
    };
}
