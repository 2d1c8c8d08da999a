using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Plans;

namespace AppConsistentSnapshot.IntegrationTests.Scripts;

/// <summary>A file that counts as checked.</summary>
internal sealed class RealScript : IVerifiedScript
{
    public required ScriptCommand Command { get; init; }

    public string? CheckedCopyPath { get; init; }

    public SnapshotError? Change { get; set; }

    public SnapshotError? Recheck() => Change;

    public void Dispose()
    {
        // The file belongs to the test's folder.
    }
}
