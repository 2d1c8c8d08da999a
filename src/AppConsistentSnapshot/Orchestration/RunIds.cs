using System.Globalization;
using System.Security.Cryptography;

namespace AppConsistentSnapshot.Orchestration;

/// <summary>Run ids: sorted by time, unique, and fit for the names of files, volumes and cloud resources.</summary>
internal static class RunIds
{
    /// <summary>Such as <c>20261123t045142z-3f2a9c1b</c>.</summary>
    public static string Create(TimeProvider timeProvider) =>
        timeProvider.GetUtcNow().ToString("yyyyMMdd't'HHmmss'z'", CultureInfo.InvariantCulture) + "-" + RandomNumberGenerator.GetHexString(8, lowercase: true);
}
