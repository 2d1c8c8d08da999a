using System.Text.Encodings.Web;
using System.Text.Json;

namespace AppConsistentSnapshot.Reports;

/// <summary>The JSON form of the report, in one place.</summary>
internal static class SnapshotReportSerializer
{
    private static readonly SnapshotReportJsonContext Context = new(new JsonSerializerOptions(SnapshotReportJsonContext.Default.Options)
    {
        // Paths and script output stay readable; the report is never embedded in HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Serialize(SnapshotReport report) => JsonSerializer.Serialize(report, Context.SnapshotReport);

    public static string Serialize(SnapshotExplanation explanation) => JsonSerializer.Serialize(explanation, Context.SnapshotExplanation);

    public static SnapshotReport Deserialize(string json) =>
        JsonSerializer.Deserialize(json, Context.SnapshotReport) ?? throw new JsonException("The report is 'null'.");
}
