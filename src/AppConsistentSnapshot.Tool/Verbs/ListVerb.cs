using System.CommandLine;
using AppConsistentSnapshot.Tool.Arguments;
using AppConsistentSnapshot.Tool.Catalog;
using AppConsistentSnapshot.Tool.Rendering;

namespace AppConsistentSnapshot.Tool.Verbs;

/// <summary><c>acsnap list</c>: which snapshots are there?</summary>
internal sealed class ListVerb : IVerb
{
    private readonly SnapshotOptionsReader _options;

    public ListVerb(CommonOptions common, BackendCatalog catalog) => _options = new SnapshotOptionsReader(common, catalog, Command);

    public Command Command { get; } = new("list", "List the snapshots that a backend has made and that are still there");

    public IReadOnlyList<string> Examples { get; } =
    [
        "acsnap list --backend image --output /var/backups",
        "acsnap list --backend image --output /var/backups --json",
    ];

    public string WhenCancelled => "cancelled; nothing was touched";

    public async Task<VerbResult> ExecuteAsync(VerbContext context)
    {
        var pick = _options.Read(context, null);
        var backend = pick.Make(context.Services.TimeProvider, context.LoggerFactory);
        var snapshots = await backend.ListAsync(context.CancellationToken).ConfigureAwait(false);
        var listed = snapshots.OrderBy(snapshot => snapshot.CutStartedAt).Select(snapshot => ListedSnapshot.From(pick.Name, snapshot)).ToList();
        return new VerbResult(ExitCode.Succeeded, ToolJson.Write(listed), page => Write(page, listed));
    }

    private static void Write(Page page, List<ListedSnapshot> snapshots)
    {
        if (snapshots.Count == 0)
        {
            page.Line("There are no snapshots.");
            return;
        }

        foreach (var snapshot in snapshots)
        {
            var level = snapshot.Consistency is { } known ? Words.Level(known) : "level not recorded";
            page.Line(snapshot.Id, Page.Heading);
            page.Line($"    {string.Join(", ", snapshot.Volumes)}: {level}, cut at {Words.Moment(snapshot.CutStartedAt)}");
        }
    }
}
