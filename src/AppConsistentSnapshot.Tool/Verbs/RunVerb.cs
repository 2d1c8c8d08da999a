using System.CommandLine;
using AppConsistentSnapshot.Tool.Arguments;
using AppConsistentSnapshot.Tool.Catalog;
using AppConsistentSnapshot.Tool.Files;
using AppConsistentSnapshot.Tool.Rendering;

namespace AppConsistentSnapshot.Tool.Verbs;

/// <summary><c>acsnap run</c>: take the snapshot.</summary>
internal sealed class RunVerb : IVerb
{
    private readonly CommonOptions _common;
    private readonly RequestOptions _request;

    public RunVerb(CommonOptions common, BackendCatalog catalog)
    {
        _common = common;
        _request = new RequestOptions(common, catalog);
        _request.AddTo(Command);
        Command.Add(Report);
    }

    public Command Command { get; } = new(
        "run", "Take a snapshot: pre-script, freeze, cut, thaw, post-script. Exit status 0: as wanted, 3: degraded, 1: failed, 4: something is left behind that needs a human");

    public Option<string> Report { get; } = new("--report")
    {
        Description = "Also write the report, as JSON, to this file (mode 0600, replaced as a whole; a symbolic link is refused)",
        HelpName = "FILE",
    };

    public IReadOnlyList<string> Examples { get; } =
    [
        "acsnap run --mount /data --backend image --output /var/backups",
        "acsnap run --mount /data=image --mount /srv=image --output /var/backups --minimum filesystem --json",
        "acsnap run --mount /data --backend image --output /var/backups --freeze-limit 5 --report /var/log/acsnap.json",
    ];

    public string WhenCancelled => "cancelled before anything was touched";

    public async Task<VerbResult> ExecuteAsync(VerbContext context)
    {
        var problems = new UsageProblems();
        var notes = new List<string>();
        var options = _common.ReadOptions(context.Parse, problems);
        var draft = _request.Read(context.Parse, problems, notes);
        var file = context.Parse.GetValue(Report) is { } value ? ReportFile.Prepare(Report.Name, value, problems) : null;
        context.Finish(problems, notes);

        var request = draft.Make(context.Services.TimeProvider, context.LoggerFactory);
        var orchestrator = context.MakeOrchestrator(options);
        var report = await Orchestration.AskAsync(() => orchestrator.RunAsync(request, context.Reporter, context.CancellationToken)).ConfigureAwait(false);
        var json = report.ToJson();
        Keep(file, json, context);
        return new VerbResult(ExitCode.OfRun(report), json, page => ReportPage.Write(page, report));
    }

    // The exit status says how the run ended, whatever became of the file.
    private void Keep(ReportFile? file, string json, VerbContext context)
    {
        if (file?.Write(json + "\n") is { } failure)
        {
            context.Reporter.Error($"{Report.Name}: the report could not be written: {failure}");
            context.Reporter.Note("the verdict on standard output and the exit status still say how the run ended");
        }
    }
}
