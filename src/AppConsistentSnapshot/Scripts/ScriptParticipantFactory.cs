using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Plans;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Scripts;

/// <summary>Makes participants of plans. The composition root makes one of these, with the real launcher and accounts.</summary>
internal sealed class ScriptParticipantFactory
{
    private readonly IProcessLauncher _launcher;
    private readonly IUserAccounts _accounts;
    private readonly ScriptRunnerOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILoggerFactory _loggers;

    public ScriptParticipantFactory(
        IProcessLauncher launcher,
        IUserAccounts accounts,
        IScriptPlanLoader loader,
        IPermissionGuard guard,
        SnapshotOptions options,
        TimeProvider timeProvider,
        ILoggerFactory loggers)
    {
        _launcher = launcher;
        _accounts = accounts;
        _options = ScriptRunnerOptions.From(options);
        _timeProvider = timeProvider;
        _loggers = loggers;
        Recovery = new ScriptRecovery(loader, guard, CreateJob, loggers.CreateLogger<ScriptRecovery>());
    }

    /// <summary>Gets what resumes the application of a run that died. It needs no plan: the recorded state is enough.</summary>
    public ScriptRecovery Recovery { get; }

    /// <summary>Makes a participant of a plan, which the caller keeps owning.</summary>
    public ScriptParticipant Create(VerifiedPlan plan) => new(plan, _options, Recovery, CreateJob);

    private ScriptJob CreateJob()
    {
        var executor = new ScriptExecutor(_launcher, _accounts, _options, _timeProvider, _loggers.CreateLogger<ScriptExecutor>());
        var runner = new ScriptRunner(executor, _options, _timeProvider, _loggers.CreateLogger<ScriptRunner>());
        return new ScriptJob(runner, _timeProvider, _loggers.CreateLogger<ScriptJob>());
    }
}
