using AppConsistentSnapshot.Participants;

namespace AppConsistentSnapshot.Tests.Orchestration;

/// <summary>A participant whose clean-up, when it is told to stop, blocks and then throws.</summary>
internal sealed class StubbornParticipant : IApplicationParticipant, IParticipantSession
{
    private readonly ManualResetEventSlim _released;

    public StubbornParticipant(ManualResetEventSlim released) => _released = released;

    public bool WasResumed { get; private set; }

    public string Id => "stubborn";

    public ParticipantInfo Info { get; } = new() { QuiesceLimit = TimeSpan.FromSeconds(3) };

    public string RecoveryState => "";

    public ValueTask<IParticipantSession> OpenAsync(ParticipantContext context, CancellationToken cancellationToken) => new(this);

    public ValueTask<ParticipantResult> RecoverAsync(ParticipantRecoveryContext context, CancellationToken deadline) => new(ParticipantResult.Succeeded);

    public async ValueTask<ParticipantResult> QuiesceAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(() =>
        {
            stopped.SetResult();
            _released.Wait(CancellationToken.None);
            throw new InvalidOperationException("the clean-up failed");
        });
        await stopped.Task;
        return ParticipantResult.Succeeded;
    }

    public ValueTask<bool> ConfirmAsync(CancellationToken cancellationToken) => new(true);

    public ValueTask<ParticipantResult> ResumeAsync(ResumeContext context, CancellationToken deadline)
    {
        WasResumed = true;
        return new(ParticipantResult.Succeeded);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
