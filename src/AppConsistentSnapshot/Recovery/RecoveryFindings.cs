using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Recovery;

/// <summary>What a recovery comes to, while it is under way.</summary>
internal sealed class RecoveryFindings
{
    private readonly List<RecoveredRun> _runs = [];
    private readonly List<LeftBehind> _leftBehind = [];
    private readonly TimeProvider _timeProvider;
    private readonly DateTimeOffset _startedAt;
    private readonly long _startedTimestamp;

    public RecoveryFindings(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _startedAt = timeProvider.GetUtcNow();
        _startedTimestamp = timeProvider.GetTimestamp();
    }

    public List<SnapshotError> Errors { get; } = [];

    public List<SnapshotError> Warnings { get; } = [];

    public void Add(RunRecovery run)
    {
        _runs.Add(run.ToRun());
        Errors.AddRange(run.Recorder.Errors);
        Warnings.AddRange(run.Recorder.Warnings);
        _leftBehind.AddRange(run.Recorder.LeftBehind);
    }

    public RecoveryReport ToReport() => new()
    {
        StartedAt = _startedAt,
        DurationMilliseconds = _timeProvider.GetElapsedTime(_startedTimestamp).TotalMilliseconds,
        Runs = _runs,
        Errors = Errors,
        Warnings = Warnings,
        LeftBehind = _leftBehind,
    };
}
