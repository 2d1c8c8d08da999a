using System.Text.Json.Serialization;

namespace AppConsistentSnapshot.Backends.Images;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(ImageManifest))]
[JsonSerializable(typeof(ImageRecoveryState))]
internal sealed partial class ImageJsonContext : JsonSerializerContext;
