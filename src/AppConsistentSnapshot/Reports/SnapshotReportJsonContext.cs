using System.Text.Json.Serialization;

namespace AppConsistentSnapshot.Reports;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(SnapshotReport))]
[JsonSerializable(typeof(SnapshotExplanation))]
internal sealed partial class SnapshotReportJsonContext : JsonSerializerContext;
