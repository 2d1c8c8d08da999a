using System.Text.Encodings.Web;
using System.Text.Json;

namespace AppConsistentSnapshot.Tool.Rendering;

/// <summary>The JSON of <c>list</c>, <c>mount</c> and <c>delete</c>.</summary>
internal static class ToolJson
{
    private static readonly ToolJsonContext Context = new(new JsonSerializerOptions(ToolJsonContext.Default.Options)
    {
        // As in the report: paths stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Write(IReadOnlyList<ListedSnapshot> snapshots) => JsonSerializer.Serialize(snapshots, Context.IReadOnlyListListedSnapshot);

    public static string Write(MountedSnapshot snapshot) => JsonSerializer.Serialize(snapshot, Context.MountedSnapshot);

    public static string Write(DeletedSnapshot snapshot) => JsonSerializer.Serialize(snapshot, Context.DeletedSnapshot);
}
