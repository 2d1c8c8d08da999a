using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Says what a run would do, from what can be known without touching anything.</summary>
internal sealed class Explainer
{
    private readonly RunContext _run;
    private readonly PlanSet _plans;
    private readonly List<MountReport> _mounts = [];
    private readonly List<ExplainedStep> _steps = [];

    public Explainer(RunContext run, PlanSet plans)
    {
        _run = run;
        _plans = plans;
    }

    public SnapshotExplanation Explain()
    {
        foreach (var plan in _plans.Plans)
        {
            Add(StepName.LoadPlan, plan.Path, "Load the plan and validate it.");
            Add(StepName.CheckPermissions, plan.Path, "Check that only root can touch the plan and its scripts.");
        }

        if (_run.Request.Volumes.Count > 0)
        {
            ExplainMounts();
            if (_run.Verdict.IsAlive)
            {
                ExplainRun();
            }
        }

        return new SnapshotExplanation
        {
            RequestedConsistency = _run.Request.Consistency,
            BestConsistency = _run.Verdict.Consistency,
            Plans = _plans.Plans,
            Steps = _steps,
            Mounts = _mounts,
            Errors = _run.Recorder.Errors,
            Warnings = _run.Recorder.Warnings,
        };
    }

    private void ExplainMounts()
    {
        var inspections = VolumeRules.Inspect(_run, out var errors);
        if (errors.Count > 0)
        {
            _run.Verdict.Record(Incident.PrepareFailed, errors);
            return;
        }

        DataCoverage.Check(_run, _plans.Participants, inspections.Values);
        var freezeIsWanted = _run.Verdict.Ceiling >= ConsistencyLevel.FileSystem && _run.Verdict.Policy.Freeze;
        foreach (var volume in _run.Request.Volumes)
        {
            // Only a prepared cut knows better whether the host has to freeze; preparing one is not for an explanation.
            var assumed = new PreparedVolume { Path = volume.Path, FreezeNeed = FreezeNeed.HostMustFreeze };
            var mount = MountRules.Decide(assumed, inspections[volume.Path], freezeIsWanted, _run.Verdict);
            _mounts.Add(mount);
            if (mount.Status is MountStatus.Failed)
            {
                _run.Verdict.Record(Incident.PrepareFailed, MountRules.NotFreezable(inspections[volume.Path]));
            }
        }

        OwnWrites.Check(_run, [.. _mounts.Where(static mount => mount.Status is MountStatus.Frozen).Select(mount => inspections[mount.Path])]);
    }

    private void ExplainRun()
    {
        string[] backends = [.. _run.Request.Volumes.Select(static volume => volume.Backend.Name).Distinct(StringComparer.Ordinal)];
        string[] frozen = [.. _mounts.Where(static mount => mount.Status is MountStatus.Frozen).Select(static mount => mount.Path)];
        ParticipantEntry[] participants = [.. _plans.Participants.Select(static participant => new ParticipantEntry(participant))];
        Add(StepName.Prepare, string.Join(", ", backends), "Look up the mounts and let the backend prepare the cut.");
        Add(StepName.Flush, null, "Write dirty pages out (syncfs), so that the freeze is short.");
        AddEach(participants, static participant => participant.QuiesceStep, static participant => participant.Id, "Quiesce the application.");
        AddEach(frozen, static _ => StepName.Freeze, static mount => mount, $"Freeze, for at most {_run.FreezeLimit.TotalSeconds:0.#} seconds.");
        AddEach(backends, static _ => StepName.Cut, static backend => backend, "Cut the snapshot.");
        if (participants.Length > 0)
        {
            Add(StepName.Confirm, null, "Ask every application whether it stayed quiesced.");
        }

        AddEach(frozen.Reverse(), static _ => StepName.Thaw, static mount => mount, "Ask the kernel whether the freeze held, and thaw.");
        AddEach(participants.Reverse(), static participant => participant.ResumeStep, static participant => participant.Id, "Resume the application.");
        AddEach(backends, static _ => StepName.Complete, static backend => backend, "Verify the snapshot and make it usable.");
    }

    private void AddEach<T>(IEnumerable<T> items, Func<T, StepName> name, Func<T, string> subject, string description)
    {
        foreach (var item in items)
        {
            Add(name(item), subject(item), description);
        }
    }

    private void Add(StepName name, string? subject, string description) =>
        _steps.Add(new ExplainedStep { Name = name, Subject = subject, Description = description });
}
