using System.Buffers;
using System.Globalization;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>Names of images and of the files next to them: <c>acs-20261123T051300Z-RUN-1-data.img</c>.</summary>
internal static class ImageName
{
    public const string Extension = ".img";
    public const string ManifestExtension = Extension + ".json";
    private const string Prefix = "acs-";
    private const string Partial = ".partial";
    private const int MaximumRunId = 100;
    private const int MaximumMount = 60;

    private static readonly SearchValues<char> RunIdCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static string Make(DateTimeOffset now, string runId, int index, string mountPoint) => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{runId}-{index}-{Sanitise(mountPoint)}{Extension}");

    public static bool IsRunId(string runId) =>
        runId.Length is > 0 and <= MaximumRunId && !runId.AsSpan().ContainsAnyExcept(RunIdCharacters);

    /// <summary>Whether a name is one that <see cref="Make"/> gives. It has no separator, so it cannot lead out of its folder.</summary>
    public static bool IsImage(string name) =>
        name.Length < 250 && name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal) &&
        !name.AsSpan().ContainsAnyExcept(NameCharacters);

    public static bool IsImageOf(string name, string runId) => IsImage(name) && name.Contains($"Z-{runId}-", StringComparison.Ordinal);

    public static string PartialOf(string name) => name + Partial;

    public static string ManifestOf(string image) => image + ".json";

    /// <summary>The image that a manifest is about, or null where a name is no manifest's.</summary>
    public static string? FromManifest(string name) =>
        name.EndsWith(ManifestExtension, StringComparison.Ordinal) && IsImage(name[..^".json".Length]) ? name[..^".json".Length] : null;

    private static string Sanitise(string mountPoint)
    {
        var characters = mountPoint.Trim('/').Select(static character => char.IsAsciiLetterOrDigit(character) ? character : '-').ToArray();
        var name = new string(characters, 0, Math.Min(characters.Length, MaximumMount)).Trim('-');
        return name.Length == 0 ? "root" : name;
    }
}
