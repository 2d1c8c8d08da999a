using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Opens the folders of journals.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxJournalFolders : IJournalFolders
{
    private const int OwnerOnly = 0x1C0; // 0700
    private const int OfOthers = 0x3F; // 0077

    public LinuxJournalFolders() => Libc.Require("The journal");

    public IJournalFolder? Open(string path, bool create, out string? problem)
    {
        var errno = OpenFolder(path, out var handle);
        if (errno == Errno.ENOENT && create)
        {
            errno = Make(path);
            errno = errno == Errno.None ? OpenFolder(path, out handle) : errno;
        }

        problem = errno switch
        {
            Errno.None => Check(path, handle!),
            Errno.ENOENT when !create => null,
            Errno.ELOOP or Errno.ENOTDIR => $"'{path}' is no folder, or a symbolic link, which is not followed",
            _ => $"the folder '{path}' cannot be used: {errno.Describe()}",
        };
        if (problem is null && handle is not null)
        {
            return new LinuxJournalFolder(path, handle, IsInMemory(handle));
        }

        handle?.Dispose();
        return null;
    }

    private static Errno OpenFolder(string path, out SafeFileHandle? handle)
    {
        handle = Libc.Open(path, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_NOFOLLOW, out var errno);
        return errno;
    }

    private static Errno Make(string path)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
            {
                _ = Directory.CreateDirectory(parent);
            }
        }
        catch (UnauthorizedAccessException)
        {
            return Errno.EACCES;
        }
        catch (IOException)
        {
            // The folder itself says why it cannot be made.
            return Errno.None;
        }

        var errno = Libc.Capture(JournalCalls.MakeFolder(path, OwnerOnly));
        return errno == Errno.EEXIST ? Errno.None : errno;
    }

    private static string? Check(string path, SafeFileHandle handle)
    {
        (var errno, var facts) = Libc.With(handle, static fd => (Statx.Read(fd, "", Statx.EmptyPath, out var found), found));
        if (errno != Errno.None)
        {
            return $"the folder '{path}' cannot be looked at: {errno.Describe()}";
        }

        var user = ImageCalls.GetEffectiveUser();
        if (facts.Owner != user)
        {
            return $"the folder '{path}' is owned by user {facts.Owner}, not by {user}; run 'chown {user} {path} && chmod 700 {path}' after making sure that its content is genuine";
        }

        return (facts.Mode & OfOthers) == 0
            ? null
            : $"the folder '{path}' has mode {Convert.ToString(facts.Mode, 8)}, so that others can reach it; run 'chmod 700 {path}'";
    }

    private static unsafe bool IsInMemory(SafeFileHandle handle)
    {
        // TMPFS_MAGIC and RAMFS_MAGIC of linux/magic.h.
        StatfsBuffer buffer;
        return Libc.Capture(FileCalls.Fstatfs(handle, &buffer)) == Errno.None && buffer.Type is 0x01021994 or 0x858458f6;
    }
}
