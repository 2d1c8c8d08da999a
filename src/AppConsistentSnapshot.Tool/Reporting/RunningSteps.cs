using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Tool.Rendering;

namespace AppConsistentSnapshot.Tool.Reporting;

/// <summary>The steps that are under way, in the order in which they began.</summary>
internal sealed class RunningSteps
{
    private readonly TimeProvider _timeProvider;
    private readonly List<Running> _steps = [];

    public RunningSteps(TimeProvider timeProvider) => _timeProvider = timeProvider;

    public void Observe(SnapshotProgress progress)
    {
        var index = _steps.FindIndex(step => step.Name == progress.Step && step.Subject == progress.Subject);
        if (progress.Status is not null)
        {
            if (index >= 0)
            {
                _steps.RemoveAt(index);
            }

            return;
        }

        var running = new Running(progress.Step, progress.Subject, progress.Elapsed, _timeProvider.GetTimestamp(), progress.Message);
        if (index >= 0)
        {
            _steps[index] = running;
        }
        else
        {
            _steps.Add(running);
        }
    }

    /// <summary>What is under way, in one line.</summary>
    public string Describe() => _steps.Count == 0 ? "…" : string.Join(" · ", _steps.Select(Describe));

    private string Describe(Running step)
    {
        var elapsed = step.Elapsed + _timeProvider.GetElapsedTime(step.Since);
        var message = step.Message is null ? string.Empty : $" ({step.Message})";
        return $"{Words.Step(step.Name, step.Subject)} {Words.Duration(elapsed)}{message}";
    }

    private sealed record Running(StepName Name, string? Subject, TimeSpan Elapsed, long Since, string? Message);
}
