using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Writes down what happens in a run, in memory: steps, errors, warnings, and what is left behind.</summary>
internal sealed class RunRecorder
{
    private readonly Lock _lock = new();
    private readonly List<StepReport> _steps = [];
    private readonly List<SnapshotError> _errors = [];
    private readonly List<SnapshotError> _warnings = [];
    private readonly List<LeftBehind> _leftBehind = [];
    private readonly TimeProvider _timeProvider;
    private readonly ProgressPump _progress;

    public RunRecorder(string runId, TimeProvider timeProvider, ProgressPump progress)
    {
        RunId = runId;
        _timeProvider = timeProvider;
        _progress = progress;
    }

    public string RunId { get; }

    public IReadOnlyList<StepReport> Steps => Copy(_steps);

    public IReadOnlyList<SnapshotError> Errors => Copy(_errors);

    public IReadOnlyList<SnapshotError> Warnings => Copy(_warnings);

    public IReadOnlyList<LeftBehind> LeftBehind => Copy(_leftBehind);

    /// <summary>Begins a step. Its place in the report is where it began.</summary>
    public StepRecording Begin(StepName name, string? subject = null)
    {
        var recording = new StepRecording(this, name, subject, _timeProvider.GetUtcNow(), _timeProvider.GetTimestamp());
        lock (_lock)
        {
            recording.Index = _steps.Count;
            _steps.Add(recording.ToReport(StepStatus.Cancelled, default, result: null));
        }

        Tell(recording, status: null, message: null);
        return recording;
    }

    /// <summary>Records a step that was not done, so that the report shows that it was not forgotten.</summary>
    public void Skip(StepName name, string? subject = null) => Begin(name, subject).End(StepStatus.Skipped);

    public void Error(SnapshotError error) => Add(_errors, error);

    public void Warning(SnapshotError warning) => Add(_warnings, warning);

    public void Left(LeftBehind leftBehind) => Add(_leftBehind, leftBehind);

    public void Tell(StepRecording step, StepStatus? status, string? message) => _progress.Report(new SnapshotProgress
    {
        RunId = RunId,
        At = _timeProvider.GetUtcNow(),
        Step = step.Name,
        Subject = step.Subject,
        Status = status,
        Elapsed = _timeProvider.GetElapsedTime(step.StartedTimestamp),
        Message = message,
    });

    /// <summary>Passes on what somebody says about a step of theirs, in words.</summary>
    public void Tell(StepName step, string? subject, string message) => _progress.Report(new SnapshotProgress
    {
        RunId = RunId,
        At = _timeProvider.GetUtcNow(),
        Step = step,
        Subject = subject,
        Message = message,
    });

    public void End(StepRecording step, StepStatus status, ParticipantResult? result)
    {
        var report = step.ToReport(status, _timeProvider.GetElapsedTime(step.StartedTimestamp), result);
        lock (_lock)
        {
            _steps[step.Index] = report;
        }

        Tell(step, status, message: null);
    }

    private void Add<T>(List<T> list, T item)
    {
        lock (_lock)
        {
            list.Add(item);
        }
    }

    private T[] Copy<T>(List<T> list)
    {
        lock (_lock)
        {
            return [.. list];
        }
    }
}
