using System.Text.Encodings.Web;
using System.Text.Json;

namespace AppConsistentSnapshot.Recovery;

/// <summary>The JSON form of the report of a recovery.</summary>
internal static class RecoveryJson
{
    private static readonly RecoveryJsonContext Context = new(new JsonSerializerOptions(RecoveryJsonContext.Default.Options)
    {
        // As in the report of a run: paths and script output stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Serialize(RecoveryReport report) => JsonSerializer.Serialize(report, Context.RecoveryReport);
}
