using System.CommandLine;
using AppConsistentSnapshot.Tool.Arguments;
using AppConsistentSnapshot.Tool.Catalog;
using AppConsistentSnapshot.Tool.Rendering;

namespace AppConsistentSnapshot.Tool.Verbs;

/// <summary><c>acsnap delete</c>: delete a snapshot, without a question.</summary>
internal sealed class DeleteVerb : IVerb
{
    private readonly SnapshotOptionsReader _options;
    private readonly Argument<string> _id = SnapshotOptionsReader.MakeId();

    public DeleteVerb(CommonOptions common, BackendCatalog catalog)
    {
        Command.Add(_id);
        _options = new SnapshotOptionsReader(common, catalog, Command);
    }

    public Command Command { get; } = new("delete", "Delete a snapshot, without asking");

    public IReadOnlyList<string> Examples { get; } = ["acsnap delete --backend image /var/backups/ID"];

    public string WhenCancelled => "cancelled; 'acsnap list' says whether the snapshot is still there";

    public async Task<VerbResult> ExecuteAsync(VerbContext context)
    {
        var id = context.Parse.GetRequiredValue(_id);
        var pick = _options.Read(context, id);
        var backend = pick.Make(context.Services.TimeProvider, context.LoggerFactory);
        await backend.DeleteAsync(id, context.CancellationToken).ConfigureAwait(false);
        return new VerbResult(
            ExitCode.Succeeded,
            ToolJson.Write(new DeletedSnapshot(id, pick.Name, Deleted: true)),
            page => page.Line(("Deleted", Page.Good), ($" {id} ({pick.Name})", Page.Plain)));
    }
}
