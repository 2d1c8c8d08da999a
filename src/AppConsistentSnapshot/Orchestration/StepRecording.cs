using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>A step that is under way.</summary>
internal sealed class StepRecording
{
    private readonly RunRecorder _recorder;
    private readonly DateTimeOffset _startedAt;

    public StepRecording(RunRecorder recorder, StepName name, string? subject, DateTimeOffset startedAt, long startedTimestamp)
    {
        _recorder = recorder;
        _startedAt = startedAt;
        Name = name;
        Subject = subject;
        StartedTimestamp = startedTimestamp;
    }

    public StepName Name { get; }

    public string? Subject { get; }

    public long StartedTimestamp { get; }

    public int Index { get; set; }

    public void End(StepStatus status, ParticipantResult? result = null) => _recorder.End(this, status, result);

    public void Tell(string message) => _recorder.Tell(this, status: null, message);

    public StepReport ToReport(StepStatus status, TimeSpan duration, ParticipantResult? result) => new()
    {
        Name = Name,
        Subject = Subject,
        Status = status,
        Attempts = status is StepStatus.Skipped ? 0 : result?.Attempts ?? 1,
        StartedAt = _startedAt,
        DurationMilliseconds = duration.TotalMilliseconds,
        ExitCode = result?.ExitCode,
        OutputTail = result?.OutputTail,
    };
}
