namespace AppConsistentSnapshot;

/// <summary>The root of the exceptions that this library throws on its own account.</summary>
/// <remarks>A run does not throw for what can be expected to fail: that is in its <see cref="Reports.SnapshotReport"/>.</remarks>
public abstract class AppConsistentSnapshotException : Exception
{
    private protected AppConsistentSnapshotException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
