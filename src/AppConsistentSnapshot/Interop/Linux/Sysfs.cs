namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Reads sysfs, where anything may be missing and may go away while it is read: then the answer is nothing.</summary>
internal static class Sysfs
{
    public static string? ReadText(string path)
    {
        try
        {
            // Not ReadAllBytes: it believes sysfs, which gives every attribute the size of a page, and throws at its early end.
            var text = File.ReadAllText(path);

            // Only the one newline that the kernel adds: a file name may end in others.
            return text.EndsWith('\n') ? text[..^1] : text;
        }
        catch (Exception error) when (IsGone(error))
        {
            return null;
        }
    }

    public static IReadOnlyList<string> List(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder);
        }
        catch (Exception error) when (IsGone(error))
        {
            return [];
        }
    }

    /// <summary>The real paths of the links in a folder.</summary>
    public static IReadOnlyList<string> ListResolved(string folder) => [.. List(folder).Select(Resolve).OfType<string>()];

    public static string? Resolve(string path)
    {
        try
        {
            return Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? (Directory.Exists(path) ? Path.GetFullPath(path) : null);
        }
        catch (Exception error) when (IsGone(error))
        {
            return null;
        }
    }

    private static bool IsGone(Exception error) => error is IOException or UnauthorizedAccessException;
}
