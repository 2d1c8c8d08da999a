using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Which Btrfs an open file lies on (BTRFS_IOC_FS_INFO of <c>linux/btrfs.h</c>).</summary>
[SupportedOSPlatform("linux")]
internal static unsafe class BtrfsId
{
    public const uint InfoRequest = 0x8400941f;
    private const int AnswerSize = 1024;
    private const int IdOffset = 16;

    public static Errno Read(SafeFileHandle file, out string id)
    {
        (var errno, id) = Libc.With(file, static fd =>
        {
            var answer = stackalloc byte[AnswerSize];
            new Span<byte>(answer, AnswerSize).Clear();
            var result = Libc.Capture(ImageCalls.Control(fd, InfoRequest, (nint)answer));
            return (result, new Guid(new ReadOnlySpan<byte>(answer + IdOffset, 16), bigEndian: true).ToString("D"));
        });
        return errno;
    }
}
