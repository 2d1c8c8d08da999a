using System.Text.Json.Serialization;

namespace AppConsistentSnapshot.Tool.Rendering;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<ListedSnapshot>))]
[JsonSerializable(typeof(MountedSnapshot))]
[JsonSerializable(typeof(DeletedSnapshot))]
internal sealed partial class ToolJsonContext : JsonSerializerContext;
