using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Plans;
using AppConsistentSnapshot.Scripts;

namespace AppConsistentSnapshot.Tests.Scripts;

public sealed class ScriptEnvironmentTests
{
    private static readonly UserAccount Account = new("svc", "/home/svc", "/bin/bash");

    [Fact]
    public void A_pre_script_gets_exactly_this() =>
        Assert.Equal(
            [
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "HOME=/home/svc", "USER=svc", "LOGNAME=svc", "SHELL=/bin/bash", "LANG=C.UTF-8",
                "ACS_PHASE=pre", "ACS_RUN_ID=r1", "ACS_PLAN=/etc/plan.json", "ACS_MOUNTS=/data",
            ],
            ScriptEnvironment.Build(Run(ScriptPhase.Pre, "/data"), Account, timeZone: null), StringComparer.Ordinal);

    [Fact]
    public void A_post_script_gets_the_outcome_too_and_recovery_says_so()
    {
        var environment = ScriptEnvironment.Build(Run(ScriptPhase.Post, "/data"), Account, "Europe/Berlin");
        Assert.Contains("TZ=Europe/Berlin", environment, StringComparer.Ordinal);
        Assert.Contains("ACS_PHASE=post", environment, StringComparer.Ordinal);
        Assert.Contains("ACS_OUTCOME=Degraded", environment, StringComparer.Ordinal);
        Assert.Contains("ACS_CONSISTENCY=FileSystem", environment, StringComparer.Ordinal);
        Assert.Contains("ACS_RECOVERY=1", environment, StringComparer.Ordinal);
    }

    [Fact]
    public void Mounts_are_one_a_line_whatever_they_are_called() =>
        Assert.Contains(
            "ACS_MOUNTS=/a\\040b\\011c\\012d\\134e\n/ä=#",
            ScriptEnvironment.Build(Run(ScriptPhase.Pre, "/a b\tc\nd\\e", "/ä=#"), Account, timeZone: null), StringComparer.Ordinal);

    private static ScriptRun Run(ScriptPhase phase, params string[] mounts) => new()
    {
        Phase = phase,
        Script = new FakeScript { Command = new ScriptCommand { Path = "/x" } },
        Plan = "/etc/plan.json",
        RunId = "r1",
        Mounts = mounts,
        Timeout = TimeSpan.FromSeconds(30),
        Outcome = SnapshotOutcome.Degraded,
        Consistency = ConsistencyLevel.FileSystem,
        IsRecovery = phase == ScriptPhase.Post,
    };
}
