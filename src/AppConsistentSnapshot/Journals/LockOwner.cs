using System.Globalization;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Journals;

/// <summary>Who holds the lock, as the locked file says.</summary>
internal sealed record LockOwner
{
    public required string RunId { get; init; }

    public required ProcessIdentity Process { get; init; }

    public required DateTimeOffset Since { get; init; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"run '{RunId}' of process {Process.Pid}{(Process.Executable is null ? "" : $" ({Process.Executable})")}, since {Since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");
}
