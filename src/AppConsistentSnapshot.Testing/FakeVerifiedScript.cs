using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Plans;

namespace AppConsistentSnapshot.Testing;

/// <summary>A script that never changes, for it is not there.</summary>
internal sealed class FakeVerifiedScript : IVerifiedScript
{
    private readonly Action _disposed;

    public FakeVerifiedScript(ScriptCommand command, Action disposed)
    {
        Command = command;
        _disposed = disposed;
    }

    public ScriptCommand Command { get; }

    public string? CheckedCopyPath => null;

    public SnapshotError? Recheck() => null;

    public void Dispose() => _disposed();
}
