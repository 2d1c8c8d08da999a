using System.Text.Json;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Journals;

/// <summary>One run or recovery at a time on a host. Held for as long as this lives.</summary>
internal sealed class RunLock : IDisposable
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(250);

    private readonly IFileLock _held;

    private RunLock(IFileLock held) => _held = held;

    /// <summary>Takes the lock, waiting for it as long as is allowed.</summary>
    /// <returns>The lock, or why there is none.</returns>
    public static async Task<(RunLock? Held, SnapshotError? Error)> TakeAsync(
        IJournalFolder folder, LockOwner self, TimeSpan wait, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder.Path, JournalNames.Lock);
        var startedAt = timeProvider.GetTimestamp();
        while (true)
        {
#pragma warning disable CA2000 // It is what this gives.
            var errno = folder.Lock(JournalNames.Lock, out var held);
#pragma warning restore CA2000
            if (held is not null)
            {
                // Who waits only wants to know; a lock that says nothing is held all the same.
                _ = held.Write(JsonSerializer.SerializeToUtf8Bytes(self with { Since = timeProvider.GetUtcNow() }, JournalJsonContext.Default.LockOwner));
                return (new RunLock(held), null);
            }

            if (errno != Errno.EAGAIN)
            {
                return (null, JournalErrors.FileUnusable(path, errno));
            }

            var left = wait - timeProvider.GetElapsedTime(startedAt);
            if (left <= TimeSpan.Zero)
            {
                return (null, JournalErrors.InProgress(path, ReadOwner(folder)));
            }

            await Task.Delay(left < AskAgain ? left : AskAgain, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _ = _held.Write([]);
        _held.Dispose();
    }

    private static LockOwner? ReadOwner(IJournalFolder folder)
    {
        try
        {
            return folder.Read(JournalNames.Lock, out var content) == Errno.None && content.Length > 0
                ? JsonSerializer.Deserialize(content, JournalJsonContext.Default.LockOwner)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
