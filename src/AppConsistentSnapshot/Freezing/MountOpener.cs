using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Freezing;

/// <summary>Opens mount points, and makes sure that what was opened is what the mount table had.</summary>
internal sealed class MountOpener
{
    private readonly IMountSystem _mounts;

    public MountOpener(IMountSystem mounts) => _mounts = mounts;

    /// <summary>Opens all of them at the same time, each on a thread of its own: a path may lead through a network mount that is dead.</summary>
    /// <exception cref="FreezeException">One could not be opened; none is open.</exception>
    public async Task<IReadOnlyList<SharedDescriptor>> OpenAsync(IReadOnlyList<MountedFileSystem> fileSystems, CancellationToken cancellationToken)
    {
        var opens = fileSystems.Select(fileSystem => DedicatedThread.RunAsync("open", () => Open(fileSystem))).ToList();
        try
        {
            var results = await Task.WhenAll(opens).WaitAsync(cancellationToken).ConfigureAwait(false);
            var errors = results.Select(result => result.Error).OfType<SnapshotError>().ToList();
            return errors.Count == 0
                ? [.. results.Select(result => result.Descriptor!)]
                : throw new FreezeException(errors) { Mounts = FreezeFailure.Untouched(fileSystems) };
        }
        catch
        {
            foreach (var open in opens)
            {
                _ = CloseAsync(open);
            }

            throw;
        }
    }

    private (SharedDescriptor? Descriptor, SnapshotError? Error) Open(MountedFileSystem fileSystem)
    {
        var handle = _mounts.OpenFolder(fileSystem.MountPoint, out var errno);
        if (handle is null)
        {
            return (null, FreezeErrors.OpenFailed(fileSystem, errno));
        }

        if (_mounts.FindMountId(handle) == fileSystem.MountId)
        {
            return (new SharedDescriptor(handle), null);
        }

        handle.Dispose();
        return (null, FreezeErrors.Changed(fileSystem));
    }

    // Also what returns long after everybody gave up.
    private static async Task CloseAsync(Task<(SharedDescriptor? Descriptor, SnapshotError? Error)> open)
    {
        var (descriptor, _) = await open.ConfigureAwait(false);
        descriptor?.Release();
    }
}
