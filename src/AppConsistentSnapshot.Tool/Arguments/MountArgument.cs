using AppConsistentSnapshot.Tool.Catalog;

namespace AppConsistentSnapshot.Tool.Arguments;

/// <summary>One <c>--mount PATH[=BACKEND]</c>.</summary>
/// <param name="Path">The mount point.</param>
/// <param name="Backend">The backend's name, or null where that of <c>--backend</c> is meant.</param>
internal sealed record MountArgument(string Path, string? Backend)
{
    /// <summary>Splits at the last <c>=</c>, and only if a known backend follows: a path may contain the sign.</summary>
    public static MountArgument Parse(string value, BackendCatalog catalog)
    {
        var separator = value.LastIndexOf('=');
        return separator >= 0 && catalog.Knows(value[(separator + 1)..])
            ? new MountArgument(value[..separator], value[(separator + 1)..])
            : new MountArgument(value, null);
    }

    /// <summary>Gets what looks like a backend but is none, and so was taken as part of the path.</summary>
    public string? Suspect
    {
        get
        {
            var separator = Path.LastIndexOf('=');
            return Backend is null && separator > Path.LastIndexOf('/') ? Path[(separator + 1)..] : null;
        }
    }
}
