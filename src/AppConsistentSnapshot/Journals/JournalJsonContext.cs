using System.Text.Json.Serialization;

namespace AppConsistentSnapshot.Journals;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JournalRecord))]
[JsonSerializable(typeof(LockOwner))]
internal sealed partial class JournalJsonContext : JsonSerializerContext;
