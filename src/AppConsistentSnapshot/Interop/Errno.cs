#pragma warning disable CA1027, CA1008 // Error numbers are no flags, and 0 is no error.
namespace AppConsistentSnapshot.Interop;

/// <summary>The kernel's error numbers that this library tells apart (errno(3)); the values are those of Linux on x64 and arm64.</summary>
internal enum Errno
{
    None = 0,
    EPERM = 1,
    ENOENT = 2,
    ESRCH = 3,
    EINTR = 4,
    EIO = 5,
    ENXIO = 6,
    ENOEXEC = 8,
    EBADF = 9,
    ECHILD = 10,
    EAGAIN = 11,
    ENOMEM = 12,
    EACCES = 13,
    EBUSY = 16,
    EEXIST = 17,
    EXDEV = 18,
    ENODEV = 19,
    ENOTDIR = 20,
    EISDIR = 21,
    EINVAL = 22,
    EMFILE = 24,
    ENOTTY = 25,
    ETXTBSY = 26,
    EFBIG = 27,
    ENOSPC = 28,
    EROFS = 30,
    EPIPE = 32,
    ELOOP = 40,
    ENODATA = 61,
    EOPNOTSUPP = 95,
    EDQUOT = 122,
}
