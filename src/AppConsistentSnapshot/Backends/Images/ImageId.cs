using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>An id, taken apart: the folder and the name of an image.</summary>
internal static class ImageId
{
    /// <summary>Opens the folder of an image. The caller disposes it.</summary>
    /// <exception cref="SnapshotBackendException">The id is none of this backend, or its folder is not there.</exception>
    public static ImageFolder OpenFolder(IImageFiles files, string id, out string name)
    {
        name = Path.GetFileName(id);
        var folderPath = Path.GetDirectoryName(id);
        if (!Path.IsPathFullyQualified(id) || folderPath is null || Path.GetFullPath(id) != id || !ImageName.IsImage(name))
        {
            throw NotFound(id, "it is no id of a disk image, which is an absolute path without '..' and such as '/backup/acs-20260101T000000Z-RUN-1-data.img'");
        }

        if (files.Facts(folderPath, out _) is Errno.ENOENT or Errno.ENOTDIR)
        {
            throw NotFound(id, $"there is no folder '{folderPath}'");
        }

        var folder = ImageFolder.Open(files, folderPath);
        if (folder.Path == folderPath)
        {
            return folder;
        }

        folder.Dispose();
        throw NotFound(id, $"its path leads through links to '{folder.Path}'");
    }

    public static SnapshotBackendException NotFound(string id, string why) => ImageFailure.Refuse(
        $"The snapshot '{id}' is not there: {why}.", ErrorCodes.SnapshotNotFound.RecommendedAction, code: ErrorCodes.SnapshotNotFound);
}
