using System.CommandLine;
using AppConsistentSnapshot.Recovery;
using AppConsistentSnapshot.Tool.Arguments;
using AppConsistentSnapshot.Tool.Catalog;
using AppConsistentSnapshot.Tool.Rendering;

namespace AppConsistentSnapshot.Tool.Verbs;

/// <summary><c>acsnap recover</c>: clean up after runs whose process died.</summary>
internal sealed class RecoverVerb : IVerb
{
    private readonly CommonOptions _common;
    private readonly BackendOptions _backends;

    public RecoverVerb(CommonOptions common, BackendCatalog catalog)
    {
        _common = common;
        _backends = new BackendOptions(catalog, "Not needed: the journals name their backends");
        _backends.AddTo(Command);
    }

    public Command Command { get; } = new(
        "recover",
        "Clean up after runs whose process died: thaw, resume, roll back. Exit status 0: all is well, 1: errors, 4: something is left behind that needs a human");

    public IReadOnlyList<string> Examples { get; } = ["acsnap recover", "acsnap recover --json"];

    public string WhenCancelled => "cancelled; what was not cleaned up yet is left to the next 'acsnap recover'";

    public async Task<VerbResult> ExecuteAsync(VerbContext context)
    {
        var problems = new UsageProblems();
        var notes = new List<string>();
        var options = _common.ReadOptions(context.Parse, problems);
        var find = _backends.ReadAny(context.Parse, problems, notes);
        context.Finish(problems, notes);

        var request = new RecoveryRequest
        {
            MakeBackend = name => find(name)?.Make(context.Services.TimeProvider, context.LoggerFactory),
        };
        var report = await context.MakeRecovery(options).RecoverAsync(request, context.CancellationToken).ConfigureAwait(false);
        return new VerbResult(ExitCode.OfRecovery(report), report.ToJson(), page => RecoveryPage.Write(page, report));
    }
}
