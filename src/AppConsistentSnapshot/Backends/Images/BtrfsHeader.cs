using AppConsistentSnapshot.Interop;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>The id in the superblock of a Btrfs (btrfs(5): at 64 KiB, the id follows the checksum).</summary>
internal static class BtrfsHeader
{
    private const int SuperblockPosition = 64 * 1024;
    private const int IdPosition = 32;
    private const int IdLength = 16;

    public static string ReadId(IImageContent content, SafeFileHandle image, long offset)
    {
        Span<byte> id = stackalloc byte[IdLength];
        ImageFailure.Check(content.Read(image, id, offset + SuperblockPosition + IdPosition, out var read), "Reading the image");
        return read == IdLength
            ? new Guid(id, bigEndian: true).ToString("D")
            : throw ImageFailure.Refuse("The image is too short to hold a Btrfs.", "Use another snapshot; this one was cut short.");
    }
}
