using System.CommandLine;
using AppConsistentSnapshot.Tool.Arguments;
using AppConsistentSnapshot.Tool.Catalog;
using AppConsistentSnapshot.Tool.Rendering;

namespace AppConsistentSnapshot.Tool.Verbs;

/// <summary><c>acsnap explain</c>: what would a run do, and what could it reach?</summary>
internal sealed class ExplainVerb : IVerb
{
    private readonly CommonOptions _common;
    private readonly RequestOptions _request;

    public ExplainVerb(CommonOptions common, BackendCatalog catalog)
    {
        _common = common;
        _request = new RequestOptions(common, catalog);
        _request.AddTo(Command);
    }

    public Command Command { get; } = new(
        "explain", "Say what a run would do and the best level it could reach; touches nothing. Exit status 0: as wanted, 3: a lower level, 1: the run would fail, or problems");

    public IReadOnlyList<string> Examples { get; } =
    [
        "acsnap explain --mount /data --backend image --output /var/backups",
        "acsnap explain --mount /data --mount /srv --backend image --output /var/backups --consistency filesystem --json",
    ];

    public string WhenCancelled => "cancelled; nothing was touched";

    public async Task<VerbResult> ExecuteAsync(VerbContext context)
    {
        var problems = new UsageProblems();
        var notes = new List<string>();
        var options = _common.ReadOptions(context.Parse, problems);
        var draft = _request.Read(context.Parse, problems, notes);
        context.Finish(problems, notes);

        var request = draft.Make(context.Services.TimeProvider, context.LoggerFactory);
        var orchestrator = context.MakeOrchestrator(options);
        var explanation = await Orchestration.AskAsync(() => orchestrator.ExplainAsync(request, context.CancellationToken)).ConfigureAwait(false);
        return new VerbResult(
            ExitCode.OfExplanation(explanation), explanation.ToJson(), page => ExplanationPage.WriteExplanation(page, explanation));
    }
}
