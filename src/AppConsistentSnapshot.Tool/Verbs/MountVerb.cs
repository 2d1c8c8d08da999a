using System.CommandLine;
using AppConsistentSnapshot.Tool.Arguments;
using AppConsistentSnapshot.Tool.Catalog;
using AppConsistentSnapshot.Tool.Rendering;

namespace AppConsistentSnapshot.Tool.Verbs;

/// <summary><c>acsnap mount</c>: make a snapshot's content readable, and leave it so.</summary>
internal sealed class MountVerb : IVerb
{
    private readonly SnapshotOptionsReader _options;
    private readonly Argument<string> _id = SnapshotOptionsReader.MakeId();
    private readonly Argument<string> _folder = new("DIR") { Description = "An existing empty folder to mount it on" };

    public MountVerb(CommonOptions common, BackendCatalog catalog)
    {
        Command.Add(_id);
        Command.Add(_folder);
        _options = new SnapshotOptionsReader(common, catalog, Command);
    }

    public Command Command { get; } = new("mount", "Mount a snapshot read-only, and leave it mounted; the snapshot does not change");

    public IReadOnlyList<string> Examples { get; } =
    [
        "acsnap mount --backend image /var/backups/ID /mnt",
        "umount /mnt",
    ];

    public string WhenCancelled => "cancelled; nothing is left mounted";

    public async Task<VerbResult> ExecuteAsync(VerbContext context)
    {
        var id = context.Parse.GetRequiredValue(_id);
        string? folder = null;
        var pick = _options.Read(context, id, problems => folder = ReadFolder(context.Parse.GetRequiredValue(_folder), problems));
        var backend = pick.Make(context.Services.TimeProvider, context.LoggerFactory);

        // Not disposed: that would take the mount away again.
        var exposed = await backend.ExposeReadOnlyAsync(id, folder!, context.CancellationToken).ConfigureAwait(false);
        var mounted = new MountedSnapshot(
            exposed.SnapshotId, pick.Name, exposed.MountPoint, exposed.Device, $"umount {ShellQuote.Quote(exposed.MountPoint)}");
        return new VerbResult(ExitCode.Succeeded, ToolJson.Write(mounted), page => Write(page, mounted));
    }

    private static string? ReadFolder(string value, UsageProblems problems)
    {
        if (PathArgument.ReadFull("DIR", value, problems) is not { } folder)
        {
            return null;
        }

        if (RefusalOf(folder) is { } refusal)
        {
            problems.Add("DIR", value, refusal);
            return null;
        }

        return folder;
    }

    private static string? RefusalOf(string folder)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(folder).Any() ? "the folder is not empty; give an empty one" : null;
        }
        catch (DirectoryNotFoundException)
        {
            return File.Exists(folder) ? "it is a file; give an existing empty folder" : "there is no such folder; make it first, by 'mkdir'";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"give an existing empty folder ({failure.Message})";
        }
    }

    private static void Write(Page page, MountedSnapshot mounted)
    {
        page.Line(("Mounted", Page.Good), ($" {mounted.Id} read-only at {mounted.MountPoint}{(mounted.Device is null ? string.Empty : $" from {mounted.Device}")}", Page.Plain));
        page.Line($"  It stays mounted. To unmount it: {mounted.Unmount}");
    }
}
