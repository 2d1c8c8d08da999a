using System.Globalization;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.Participants;
using Microsoft.Extensions.Logging.Abstractions;

namespace AppConsistentSnapshot.Freezer;

/// <summary>Resumes the applications of a dead host. One that fails does not keep the others from being resumed.</summary>
internal sealed class HostRecovery
{
    private static readonly TimeSpan LongestResume = TimeSpan.FromHours(2);

    private readonly IRecoveryJournal _journal;
    private readonly TimeProvider _timeProvider;
    private readonly string? _hostCgroup;
    private readonly int _host;

    public HostRecovery(IRecoveryJournal journal, TimeProvider timeProvider, string? hostCgroup, int host)
    {
        _journal = journal;
        _timeProvider = timeProvider;
        _hostCgroup = hostCgroup;
        _host = host;
    }

    public async Task RunAsync(IReadOnlyList<(ResumeObligation Obligation, ObligationStage Stage)> owed)
    {
        foreach (var (obligation, stage) in owed)
        {
            ParticipantResult result;
            try
            {
                _journal.Begin(obligation);
                result = await ResumeAsync(obligation, stage).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // There is nobody to tell but the journal, and others wait to be resumed.
            catch (Exception error)
#pragma warning restore CA1031
            {
                result = ParticipantResult.Failed(new SnapshotError(ErrorCodes.UnexpectedError, error.ToString()) { Subject = obligation.ParticipantId });
            }

            _journal.End(obligation, result);
        }
    }

    private async Task<ParticipantResult> ResumeAsync(ResumeObligation obligation, ObligationStage stage)
    {
        var options = new SnapshotOptions
        {
            Owner = obligation.Owner,
            GracePeriod = TimeSpan.FromSeconds(obligation.GraceSeconds),
            ScriptUmask = (UnixFileMode)obligation.Umask,
            ScriptRetryDelay = TimeSpan.FromSeconds(obligation.RetryDelaySeconds),
        };
        var loggers = NullLoggerFactory.Instance;
        var guard = RealParts.PermissionGuard(options, loggers);
        var scripts = RealParts.Scripts(options, RealParts.PlanLoader(loggers), guard, _timeProvider, loggers);
        var left = new ScriptRemains(obligation, CgroupPattern(obligation.RunId), _hostCgroup, _timeProvider);
        if (stage == ObligationStage.Quiescing)
        {
            await left.EndPreScriptAsync(options.GracePeriod).ConfigureAwait(false);
        }

        using var deadline = new CancellationTokenSource(LongestResume, _timeProvider);
        if (stage == ObligationStage.Resuming)
        {
            await left.AwaitPostScriptAsync(deadline.Token).ConfigureAwait(false);
        }

        var context = new ParticipantRecoveryContext { RunId = obligation.RunId, RecoveryState = obligation.RecoveryState, Mounts = obligation.Mounts };
        return await scripts.Recovery.RecoverAsync(context, deadline.Token).ConfigureAwait(false);
    }

    private string CgroupPattern(string runId) => string.Create(CultureInfo.InvariantCulture, $"{Scripts.ScriptLaunch.CgroupPrefix(runId, _host)}*");
}
