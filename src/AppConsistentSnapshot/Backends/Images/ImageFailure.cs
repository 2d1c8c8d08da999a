using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>Turns error numbers into exceptions, by meaning.</summary>
internal static class ImageFailure
{
    /// <exception cref="SnapshotBackendException">The call failed.</exception>
    public static void Check(Errno errno, string what, string? volume = null)
    {
        if (errno != Errno.None)
        {
            throw Of(errno, what, volume);
        }
    }

    public static SnapshotBackendException Of(Errno errno, string what, string? volume = null) => new($"{what}: {errno.Describe()}.")
    {
        Volume = volume,
        IsTransient = errno == Errno.EAGAIN,
        Code = errno is Errno.EPERM or Errno.EACCES ? ErrorCodes.PrivilegeMissing : null,
        RecommendedAction = Action(errno),
    };

    public static SnapshotBackendException Refuse(string message, string action, string? volume = null, ErrorCode? code = null) =>
        new(message) { RecommendedAction = action, Volume = volume, Code = code };

    private static string Action(Errno errno) => errno switch
    {
        Errno.ENOSPC => "Make room on the file system that holds the output folder ('df -h' shows it), delete old images, or name another output folder.",
        Errno.EDQUOT => "Raise the disk quota of the user that owns the output folder ('quota' shows it), or name another output folder.",
        Errno.EROFS => "Mount the file system that holds the output folder writable, or name an output folder on one that is.",
        Errno.EPERM or Errno.EACCES => ErrorCodes.PrivilegeMissing.RecommendedAction,
        Errno.EFBIG => "The file system that holds the output folder cannot hold so large a file; name an output folder on another one.",
        Errno.EIO => "Look at the kernel log ('dmesg') and at the disk before relying on it.",
        Errno.EMFILE => "Raise the limit of open files of this process ('ulimit -n').",
        Errno.EAGAIN or Errno.EBUSY => "Try again in a moment; something else uses it now.",
        _ => "See the kernel's answer in the message and the kernel log ('dmesg').",
    };
}
