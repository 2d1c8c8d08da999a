using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>The level that a run can still reach. It only ever goes down, and every step down has its error.</summary>
internal sealed class Verdict
{
    private readonly ConsistencyLevel _requested;
    private readonly ConsistencyLevel? _minimum;
    private readonly RunRecorder _recorder;
    private readonly Dictionary<string, ConsistencyLevel> _volumes = new(StringComparer.Ordinal);
    private FailurePolicy _policy;

    public Verdict(SnapshotRequest request, RunRecorder recorder)
    {
        _requested = request.Consistency;
        _minimum = request.Minimum;
        _recorder = recorder;
        _policy = new FailurePolicy(request.ContinueOnFailure, Freeze: true, SingleDisk: false);
        Ceiling = request.Consistency;
    }

    /// <summary>The highest level that the run as a whole can still reach.</summary>
    public ConsistencyLevel Ceiling { get; private set; }

    /// <summary>Whether there is still a snapshot to be had.</summary>
    public bool IsAlive => Ceiling > ConsistencyLevel.None;

    /// <summary>Whether something happened that makes a run that keeps its level degraded all the same.</summary>
    public bool ResumeFailed { get; private set; }

    /// <summary>Whether the caller gave up.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>The lowest level of all volumes.</summary>
    public ConsistencyLevel Consistency => _volumes.Values.Append(Ceiling).Min();

    public SnapshotOutcome Outcome =>
        IsCancelled ? SnapshotOutcome.Cancelled
        : !IsAlive ? SnapshotOutcome.Failed
        : ResumeFailed || Consistency < _requested ? SnapshotOutcome.Degraded
        : SnapshotOutcome.Succeeded;

    /// <summary>The policy, once all plans and participants are known.</summary>
    public FailurePolicy Policy
    {
        get => _policy;
        // A minimum above what the single-disk exception gives overrides it.
        set => _policy = value with { SingleDisk = value.SingleDisk && _minimum is null or <= ConsistencyLevel.Crash };
    }

    public ConsistencyLevel Of(string volume) =>
        _volumes.TryGetValue(volume, out var level) && level < Ceiling ? level : Ceiling;

    /// <summary>Records an incident, with its errors, and lowers the level by the policy.</summary>
    public void Record(Incident incident, params IReadOnlyList<SnapshotError> errors)
    {
        foreach (var error in errors)
        {
            _recorder.Error(error);
        }

        ResumeFailed |= incident is Incident.ResumeFailed;
        LowerTo(_policy.CeilingAfter(incident));
    }

    /// <summary>Lowers one volume, whatever the policy: what is true of it cannot be argued with.</summary>
    public void LowerVolume(string volume, ConsistencyLevel level, SnapshotError error)
    {
        _recorder.Error(error);
        _volumes[volume] = Of(volume) < level ? Of(volume) : level;
        CheckMinimum();
    }

    /// <summary>A volume whose snapshot is not kept has no level at all.</summary>
    public void Drop(string volume) => _volumes[volume] = ConsistencyLevel.None;

    /// <summary>Records that the caller gave up.</summary>
    public void Cancel()
    {
        if (!IsCancelled)
        {
            IsCancelled = true;
            _recorder.Error(new SnapshotError(ErrorCodes.Cancelled, "The caller cancelled the run."));
        }
    }

    /// <summary>Gives the snapshot up without a further error, for one that is already recorded.</summary>
    public void GiveUp() => Ceiling = ConsistencyLevel.None;

    private void LowerTo(ConsistencyLevel level)
    {
        if (level < Ceiling)
        {
            Ceiling = level;
            CheckMinimum();
        }
    }

    private void CheckMinimum()
    {
        if (IsAlive && Consistency < _minimum)
        {
            _recorder.Error(new SnapshotError(
                ErrorCodes.MinimumNotReached, $"Only {Consistency} consistency can be reached, and the request keeps nothing below {_minimum}.")
            {
                Found = Consistency.ToString(),
                Allowed = $"at least {_minimum}",
            });
            GiveUp();
        }
    }
}
