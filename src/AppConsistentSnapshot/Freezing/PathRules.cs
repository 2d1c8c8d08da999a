using System.Diagnostics.CodeAnalysis;

namespace AppConsistentSnapshot.Freezing;

/// <summary>What a path has to look like before it is looked up. By text alone: no link is followed, for that would touch file systems.</summary>
internal static class PathRules
{
    /// <summary>Removes repeated and trailing slashes and <c>.</c>; refuses what text alone cannot resolve.</summary>
    public static bool TryNormalise(string path, [NotNullWhen(true)] out string? normalised, [NotNullWhen(false)] out string? problem)
    {
        normalised = null;
        problem = path switch
        {
            "" => "the path is empty",
            _ when path[0] != '/' => $"'{path}' is not an absolute path",
            _ when path.Contains('\0', StringComparison.Ordinal) => "the path contains a NUL character",
            _ => null,
        };
        if (problem is not null)
        {
            return false;
        }

        var components = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(component => component != ".").ToArray();
        if (components.Contains("..", StringComparer.Ordinal))
        {
            problem = $"'{path}' contains '..', which can mean two things where links are involved";
            return false;
        }

        normalised = "/" + string.Join('/', components);
        return true;
    }
}
