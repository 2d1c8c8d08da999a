using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Permissions;

namespace AppConsistentSnapshot.Testing;

/// <summary>An application in memory that can be quiesced, and remembers how it was treated.</summary>
public sealed class FakeParticipant : IApplicationParticipant
{
    /// <summary>Creates the participant.</summary>
    /// <param name="id">Its id in reports.</param>
    /// <param name="timeProvider">Its clock; <see langword="null"/> for the system's.</param>
    public FakeParticipant(string id = "fake", TimeProvider? timeProvider = null)
    {
        Id = id;
        Faults = new FaultScript<FakeParticipantPhase>(timeProvider ?? SystemClock.Instance);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public ParticipantInfo Info { get; set; } = new();

    /// <summary>Gets or sets what the next <see cref="IParticipantSession.ConfirmAsync"/> answers.</summary>
    public bool StaysQuiesced { get; set; } = true;

    /// <summary>Gets or sets what <see cref="IParticipantSession.QuiesceAsync"/> returns instead of a success.</summary>
    public ParticipantResult? QuiesceResult { get; set; }

    /// <summary>Gets or sets what <see cref="IParticipantSession.ResumeAsync"/> returns instead of a success.</summary>
    public ParticipantResult? ResumeResult { get; set; }

    /// <summary>Gets how often quiesce was called.</summary>
    public int Quiesced { get; internal set; }

    /// <summary>Gets how often resume was called.</summary>
    public int Resumed { get; internal set; }

    /// <summary>Gets how often a session was opened and not yet disposed.</summary>
    public int OpenSessions { get; internal set; }

    /// <summary>Gets how the run stood at the last resume.</summary>
    public ResumeContext? LastResume { get; internal set; }

    /// <summary>Gets what was called, in order.</summary>
    public IReadOnlyList<FakeParticipantPhase> Calls => Faults.Calls;

    internal FaultScript<FakeParticipantPhase> Faults { get; }

    /// <summary>Makes a participant of a plan whose scripts always succeed and touch nothing, for <see cref="SnapshotComponents.ScriptParticipants"/>.</summary>
    /// <param name="plan">The plan.</param>
    public static FakeParticipant ForPlan(VerifiedPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new FakeParticipant(plan.Plan.Path ?? plan.Plan.PluginName)
        {
            Info = new ParticipantInfo
            {
                Kind = ParticipantKind.ScriptPair,
                ContinueOnFailure = plan.Plan.ContinueBackupOnFailure,
                FreezeFileSystems = plan.Plan.FsFreezeEnabled,
            },
        };
    }

    /// <summary>Says what the next calls do: the first fault is for the next call of the phase, and so on; after them all is well again.</summary>
    /// <param name="phase">The call.</param>
    /// <param name="faults">What it does.</param>
    public FakeParticipant On(FakeParticipantPhase phase, params IEnumerable<FakeFault> faults)
    {
        Faults.Add(phase, faults);
        return this;
    }

    /// <inheritdoc/>
    public async ValueTask<IParticipantSession> OpenAsync(ParticipantContext context, CancellationToken cancellationToken)
    {
        await Faults.PlayAsync(FakeParticipantPhase.Open, cancellationToken).ConfigureAwait(false);
        OpenSessions++;
        return new FakeParticipantSession(this);
    }

    /// <inheritdoc/>
    public async ValueTask<ParticipantResult> RecoverAsync(ParticipantRecoveryContext context, CancellationToken deadline)
    {
        Resumed++;
        await Faults.PlayAsync(FakeParticipantPhase.Recover, deadline).ConfigureAwait(false);
        return ParticipantResult.Succeeded;
    }
}
