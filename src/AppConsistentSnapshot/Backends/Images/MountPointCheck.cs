using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>Whether an image can be mounted somewhere without hiding anything.</summary>
internal sealed class MountPointCheck
{
    private readonly IImageFiles _files;

    public MountPointCheck(IImageFiles files) => _files = files;

    /// <exception cref="SnapshotBackendException">It cannot.</exception>
    public void Check(string mountPoint)
    {
        var errno = _files.Facts(mountPoint, out var facts);
        if (errno == Errno.ENOENT)
        {
            throw ImageFailure.Refuse($"The mount point '{mountPoint}' does not exist.", $"Make it: 'mkdir {mountPoint}'.");
        }

        ImageFailure.Check(errno, $"Looking at the mount point '{mountPoint}'");
        if (facts.Kind != FileKind.Folder)
        {
            throw ImageFailure.Refuse(
                $"The mount point '{mountPoint}' is {(facts.Kind == FileKind.Link ? "a symbolic link" : "no folder")}.", "Name an existing empty folder.");
        }

        if (facts.IsMountRoot)
        {
            throw ImageFailure.Refuse($"Something is mounted on '{mountPoint}'.", $"Run 'umount {mountPoint}', or name another folder.");
        }

        ImageFailure.Check(_files.OpenFolder(mountPoint, out var folder, out _), $"Opening the mount point '{mountPoint}'");
        using (folder)
        {
            ImageFailure.Check(_files.List(folder!, out var names), $"Listing the mount point '{mountPoint}'");
            if (names.Count > 0)
            {
                throw ImageFailure.Refuse($"The mount point '{mountPoint}' is not empty: it holds '{names[0]}'.", "Name an existing empty folder.");
            }
        }
    }
}
