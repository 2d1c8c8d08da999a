using System.CommandLine;
using AppConsistentSnapshot.Tool.Arguments;
using AppConsistentSnapshot.Tool.Rendering;

namespace AppConsistentSnapshot.Tool.Verbs;

/// <summary><c>acsnap check</c>: are the plans right, and can nobody but root touch them?</summary>
internal sealed class CheckVerb : IVerb
{
    private readonly CommonOptions _common;

    public CheckVerb(CommonOptions common) => _common = common;

    public Command Command { get; } = new("check", "Check plans and permissions; touches nothing. Exit status 0: no problems, 1: problems");

    public IReadOnlyList<string> Examples { get; } =
    [
        "acsnap check",
        "acsnap check --plan /etc/acsnap/orders.json --plan /etc/acsnap/stock.json",
        "acsnap check --host-config /etc/azure/VMSnapshotPluginHost.conf --json",
    ];

    public string WhenCancelled => "cancelled; nothing was touched";

    public async Task<VerbResult> ExecuteAsync(VerbContext context)
    {
        var problems = new UsageProblems();
        var options = _common.ReadOptions(context.Parse, problems);
        var request = new SnapshotRequest
        {
            Consistency = ConsistencyLevel.Application,
            Volumes = [],
            PlanPaths = _common.ReadPlans(context.Parse, problems),
            HostConfigurationPath = _common.ReadHostConfiguration(context.Parse, problems),
        };
        context.Finish(problems, []);

        var orchestrator = context.MakeOrchestrator(options);
        var explanation = await Orchestration.AskAsync(() => orchestrator.ExplainAsync(request, context.CancellationToken)).ConfigureAwait(false);
        return new VerbResult(ExitCode.OfCheck(explanation), explanation.ToJson(), page => ExplanationPage.WriteCheck(page, explanation));
    }
}
