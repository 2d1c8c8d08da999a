using System.Globalization;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;

namespace AppConsistentSnapshot.Testing;

/// <summary>A mount table and a kernel in memory: freezes, thaws, loses freezes, and knows what is frozen.</summary>
public sealed class FakeFreezeController : IFreezeController
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, MountInspection> _mounts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _frozen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _badDisks = new(StringComparer.Ordinal);

    /// <summary>Creates the controller.</summary>
    /// <param name="timeProvider">Its clock; <see langword="null"/> for the system's.</param>
    public FakeFreezeController(TimeProvider? timeProvider = null)
    {
        TimeProvider = timeProvider ?? SystemClock.Instance;
        Faults = new FaultScript<FakeFreezePhase>(TimeProvider);
    }

    /// <summary>Gets the mount points that are frozen now.</summary>
    public IReadOnlyCollection<string> Frozen
    {
        get
        {
            lock (_lock)
            {
                return [.. _frozen];
            }
        }
    }

    /// <summary>Gets or sets whether thaws fail, so that what is frozen stays frozen.</summary>
    public bool CannotThaw { get; set; }

    /// <summary>Gets what was called, in order.</summary>
    public IReadOnlyList<FakeFreezePhase> Calls => Faults.Calls;

    internal TimeProvider TimeProvider { get; }

    internal FaultScript<FakeFreezePhase> Faults { get; }

    /// <summary>Mounts a file system of its own.</summary>
    /// <param name="mountPoint">Where.</param>
    /// <param name="fileSystemType">Its type; <c>nfs</c> counts as remote, <c>tmpfs</c> and <c>vfat</c> cannot be frozen.</param>
    public FakeFreezeController AddMount(string mountPoint, string fileSystemType = "ext4")
    {
        var id = _mounts.Count + 1;
        _mounts[mountPoint] = new MountInspection
        {
            Path = mountPoint,
            IsMountPoint = true,
            FileSystem = new MountedFileSystem
            {
                MountPoint = mountPoint,
                MountId = id,
                DeviceNumber = "7:" + id.ToString(CultureInfo.InvariantCulture),
                FileSystemType = fileSystemType,
                Source = $"/dev/fake{id}",
            },
            Freezability = fileSystemType switch
            {
                "nfs" => Freezability.Remote,
                "tmpfs" or "vfat" => Freezability.Unsupported,
                _ => Freezability.CanFreeze,
            },
            Reason = fileSystemType is "nfs" or "tmpfs" or "vfat" ? $"{fileSystemType} cannot be frozen." : null,
        };
        return this;
    }

    /// <summary>Says what the next calls do: the first fault is for the next call of the phase, and so on; after them all is well again.</summary>
    /// <param name="phase">The call.</param>
    /// <param name="faults">What it does.</param>
    public FakeFreezeController On(FakeFreezePhase phase, params IEnumerable<FakeFault> faults)
    {
        Faults.Add(phase, faults);
        return this;
    }

    /// <summary>Thaws as somebody else would, behind the back of whoever holds the freeze.</summary>
    /// <param name="mountPoint">Which one.</param>
    public void ThawBehindTheBack(string mountPoint)
    {
        lock (_lock)
        {
            _frozen.Remove(mountPoint);
        }
    }

    /// <summary>Makes every flush of a mount report a write-back error.</summary>
    /// <param name="mountPoint">Which one.</param>
    public void BreakDisk(string mountPoint) => _badDisks.Add(mountPoint);

    /// <inheritdoc/>
    public IReadOnlyList<MountInspection> Inspect(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return [.. paths.Select(Inspect)];
    }

    /// <inheritdoc/>
    public async ValueTask<IPreparedFreeze> PrepareAsync(IReadOnlyList<string> mountPoints, CancellationToken cancellationToken)
    {
        await Faults.PlayAsync(FakeFreezePhase.Prepare, cancellationToken).ConfigureAwait(false);
        return new FakePreparedFreeze(this, [.. mountPoints.Select(mountPoint => _mounts[mountPoint].FileSystem!)]);
    }

    internal IReadOnlyList<SnapshotError> WriteBackErrors(IEnumerable<MountedFileSystem> fileSystems) =>
        [.. fileSystems.Where(fileSystem => _badDisks.Contains(fileSystem.MountPoint)).Select(static fileSystem =>
            new SnapshotError(ErrorCodes.WriteBackError, $"syncfs on '{fileSystem.MountPoint}': EIO.") { Subject = fileSystem.MountPoint, Errno = 5 })];

    /// <summary>Freezes; false where somebody had it frozen already.</summary>
    internal bool TryFreeze(string mountPoint)
    {
        lock (_lock)
        {
            return _frozen.Add(mountPoint);
        }
    }

    internal bool IsFrozen(string mountPoint)
    {
        lock (_lock)
        {
            return _frozen.Contains(mountPoint);
        }
    }

    /// <summary>Thaws; false where it was not frozen any more.</summary>
    internal bool TryThaw(string mountPoint)
    {
        lock (_lock)
        {
            return _frozen.Remove(mountPoint);
        }
    }

    private MountInspection Inspect(string asked)
    {
        var path = "/" + string.Join('/', asked.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(static part => part != "."));
        var mount = _mounts.Values
            .Where(mount => IsBelow(path, mount.Path))
            .MaxBy(static mount => mount.Path.Length);
        return mount is null
            ? new MountInspection { Path = asked, Reason = $"'{path}' is on no mounted file system." }
            : new MountInspection
            {
                Path = asked,
                FileSystem = mount.FileSystem,
                IsMountPoint = mount.Path == path,
                Freezability = mount.Freezability,
                Reason = mount.Reason,
            };
    }

    private static bool IsBelow(string path, string mountPoint) =>
        path == mountPoint || path.StartsWith(mountPoint.TrimEnd('/') + "/", StringComparison.Ordinal);
}
