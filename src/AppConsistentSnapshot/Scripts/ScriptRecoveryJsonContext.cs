using System.Text.Json.Serialization;

namespace AppConsistentSnapshot.Scripts;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ScriptRecoveryState))]
internal sealed partial class ScriptRecoveryJsonContext : JsonSerializerContext;
