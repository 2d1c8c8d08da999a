using System.Security.Cryptography;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Permissions;

/// <summary>Whether a document on disk, which is checked here, is the one that was parsed before.</summary>
internal static class DocumentHash
{
    public static PathFinding? Compare(CheckedContent content, WalkResult file, string path, string? expected, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var finding = content.Read(
            file,
            path,
            bytes =>
            {
                hash.AppendData(bytes);
                return Errno.None;
            },
            cancellationToken);
        if (finding is not null)
        {
            return finding;
        }

        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        return string.Equals(found, expected, StringComparison.OrdinalIgnoreCase) ? null : new PathFinding
        {
            Path = path,
            Message = expected is null
                ? $"{PathText.Quote(path)} cannot be compared with what was loaded: the plan names its file, but no SHA-256."
                : $"{PathText.Quote(path)} was changed between being loaded and being checked.",
            Found = $"SHA-256 {found}",
            Allowed = expected is null ? "a SHA-256" : $"SHA-256 {expected}",
            Remedy = "Find out who changes it, and run again when nobody does.",
        };
    }
}
