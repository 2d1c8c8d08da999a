using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Plans;

namespace AppConsistentSnapshot.Tests.Scripts;

internal sealed class FakeScript : IVerifiedScript
{
    public required ScriptCommand Command { get; init; }

    public string? CheckedCopyPath { get; init; }

    /// <summary>At which look, from 1, the file has changed.</summary>
    public int? ChangesAt { get; init; }

    public int Looks { get; private set; }

    public bool IsDisposed { get; private set; }

    public SnapshotError? Recheck() => ++Looks >= ChangesAt
        ? new SnapshotError(ErrorCodes.InsufficientPermissionforPreScript, "its inode is another one")
        : null;

    public void Dispose() => IsDisposed = true;
}
