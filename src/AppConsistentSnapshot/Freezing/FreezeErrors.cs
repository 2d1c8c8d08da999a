using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Freezing;

/// <summary>What the kernel answered, in words that an operator can act on.</summary>
internal static class FreezeErrors
{
    /// <summary>The command that thaws a mount point.</summary>
    public static string ThawCommand(string mountPoint) => $"fsfreeze -u {ShellQuoting.Quote(mountPoint)}";

    public static SnapshotError NotAMountPoint(string path, string problem) =>
        new(ErrorCodes.MountNotFound, problem) { Subject = path, Path = path };

    public static SnapshotError TableUnreadable(string problem) =>
        new(ErrorCodes.MountOpenFailed, $"The mount table /proc/self/mountinfo cannot be read: {problem}") { RecommendedAction = "Mount /proc." };

    public static SnapshotError NotFreezable(MountedFileSystem fileSystem, Freezability freezability, string reason) =>
        new(
            freezability == Freezability.Remote ? ErrorCodes.MountIsRemote : ErrorCodes.MountNotFreezable,
            $"'{fileSystem.MountPoint}' cannot be frozen: {reason}")
        {
            Subject = fileSystem.MountPoint,
            Found = fileSystem.FileSystemType,
        };

    public static SnapshotError OpenFailed(MountedFileSystem fileSystem, Errno errno) =>
        new(
            errno is Errno.EPERM or Errno.EACCES ? ErrorCodes.PrivilegeMissing : ErrorCodes.MountOpenFailed,
            errno switch
            {
                Errno.ENOTDIR => $"'{fileSystem.MountPoint}' is a file that is mounted over another one, and no folder; name another mount point of the same file system",
                _ => $"'{fileSystem.MountPoint}' cannot be opened: {errno.Describe()}",
            })
        {
            Subject = fileSystem.MountPoint,
            Errno = (int)errno,
        };

    public static SnapshotError Changed(MountedFileSystem fileSystem) =>
        new(ErrorCodes.MountChanged, $"'{fileSystem.MountPoint}' is no longer the mount point that it was: it was unmounted, or covered by another mount")
        {
            Subject = fileSystem.MountPoint,
        };

    public static SnapshotError FlushFailed(MountedFileSystem fileSystem, Errno errno) =>
        new(ErrorCodes.WriteBackError, $"Flushing '{fileSystem.MountPoint}' failed: {errno.Describe()}")
        {
            Subject = fileSystem.MountPoint,
            Errno = (int)errno,
        };

    public static SnapshotError FreezerDied() =>
        new(ErrorCodes.FreezerDied, "The process that froze the file systems ended before it had thawed them; what it had frozen was thawed in its place");

    public static SnapshotError FreezeRefused(MountedFileSystem fileSystem, Errno errno)
    {
        var mountPoint = fileSystem.MountPoint;
        var (code, message, action) = errno switch
        {
            Errno.EBUSY => (
                ErrorCodes.FreezeFailed,
                $"'{mountPoint}' is frozen already (EBUSY): somebody else froze it, and it was left as it is",
                $"Wait until the other backup product is done. If nothing is using it any more, thaw it: {ThawCommand(mountPoint)}"),
            Errno.EPERM or Errno.EACCES => (
                ErrorCodes.PrivilegeMissing,
                $"'{mountPoint}' was not frozen: the process may not ({errno.Describe()})",
                null),
            Errno.EOPNOTSUPP or Errno.ENOTTY => (
                ErrorCodes.MountNotFreezable,
                $"'{mountPoint}' cannot be frozen: this kernel's driver for {fileSystem.FileSystemType} does not support it ({errno.Describe()})",
                null),
            _ => (ErrorCodes.FreezeFailed, $"'{mountPoint}' was not frozen: {errno.Describe()}", (string?)null),
        };
        return new SnapshotError(code, message)
        {
            Subject = mountPoint,
            Errno = (int)errno,
            RecommendedAction = action ?? code.RecommendedAction,
        };
    }

    public static SnapshotError FreezeTooSlow(MountedFileSystem fileSystem, TimeSpan limit, bool stillBlocks) =>
        new(
            ErrorCodes.FreezeTimeout,
            $"'{fileSystem.MountPoint}' was not frozen within {limit.TotalSeconds:0.###} s, so everything was thawed; its freeze " +
            (stillBlocks ? "still blocks in the kernel" : "came too late and was undone"))
        {
            Subject = fileSystem.MountPoint,
        };

    public static SnapshotError GaveUpWhileBlocked(MountedFileSystem fileSystem) =>
        new(ErrorCodes.FreezeTimeout, $"The freeze of '{fileSystem.MountPoint}' still blocks in the kernel after everything else was thawed")
        {
            Subject = fileSystem.MountPoint,
        };

    public static SnapshotError Lost(MountedFileSystem fileSystem) =>
        new(ErrorCodes.FreezeLost, $"'{fileSystem.MountPoint}' was thawed by somebody else while this run held it") { Subject = fileSystem.MountPoint };

    public static SnapshotError NotVerified(MountedFileSystem fileSystem, Errno errno) =>
        new(ErrorCodes.FreezeLost, $"It could not be verified that '{fileSystem.MountPoint}' stayed frozen: {errno.Describe()}")
        {
            Subject = fileSystem.MountPoint,
            Errno = (int)errno,
        };

    public static SnapshotError ThawFailed(MountedFileSystem fileSystem, Errno errno) =>
        new(
            ErrorCodes.ThawFailed,
            errno == Errno.None
                ? $"The thaw of '{fileSystem.MountPoint}' still blocks in the kernel"
                : $"'{fileSystem.MountPoint}' could not be thawed: {errno.Describe()}")
        {
            Subject = fileSystem.MountPoint,
            Errno = errno == Errno.None ? null : (int)errno,
            RecommendedAction = $"Thaw it now: {ThawCommand(fileSystem.MountPoint)}",
        };
}
