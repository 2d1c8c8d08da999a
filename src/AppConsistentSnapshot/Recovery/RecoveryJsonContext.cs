using System.Text.Json.Serialization;

namespace AppConsistentSnapshot.Recovery;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(RecoveryReport))]
internal sealed partial class RecoveryJsonContext : JsonSerializerContext;
