using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop.Linux;

[SupportedOSPlatform("linux")]
internal sealed unsafe class LinuxImageContent : IImageContent
{
    // linux/fs.h, checked against the headers by a test.
    public const uint CloneRequest = 0x40049409;
    public const uint GetFlagsRequest = 0x80086601;
    public const uint SetFlagsRequest = 0x40086602;
    private const int NoCowFlag = 0x00800000;
    private const int SeekData = 3;
    private const int SeekHole = 4;
    private const uint OwnerReads = 0x100; // 0400

    public LinuxImageContent() => Libc.Require("The disk image backend");

    public Errno Clone(SafeFileHandle source, SafeFileHandle target) =>
        Both(source, target, static (from, to) => Libc.Retry(() => Libc.Capture(ImageCalls.Control(to, CloneRequest, from))));

    public Errno CopyCowAttribute(SafeFileHandle source, SafeFileHandle target) => Both(source, target, static (from, to) =>
    {
        int sourceFlags, targetFlags;
        var errno = Libc.Capture(ImageCalls.Control(from, GetFlagsRequest, (nint)(&sourceFlags)));
        if (errno != Errno.None || (sourceFlags & NoCowFlag) == 0)
        {
            return errno;
        }

        errno = Libc.Capture(ImageCalls.Control(to, GetFlagsRequest, (nint)(&targetFlags)));
        if (errno != Errno.None)
        {
            return errno;
        }

        targetFlags |= NoCowFlag;
        return Libc.Capture(ImageCalls.Control(to, SetFlagsRequest, (nint)(&targetFlags)));
    });

    public Errno FindData(SafeFileHandle file, long from, out long start) => Seek(file, from, SeekData, out start);

    public Errno FindHole(SafeFileHandle file, long from, out long start) => Seek(file, from, SeekHole, out start);

    public Errno CopyRange(SafeFileHandle source, SafeFileHandle target, long position, long length, out long copied)
    {
        long result = 0;
        var errno = Both(source, target, (from, to) =>
        {
            Errno outcome;
            do
            {
                long sourcePosition = position, targetPosition = position;
                result = ImageCalls.CopyFileRange(from, &sourcePosition, to, &targetPosition, (nuint)length, 0);
                outcome = Libc.Capture(result);
            }
            while (outcome == Errno.EINTR);
            return outcome;
        });
        copied = Math.Max(result, 0);
        return errno;
    }

    public Errno Read(SafeFileHandle file, Span<byte> buffer, long position, out int read)
    {
        fixed (byte* pointer = buffer)
        {
            return Transfer(file, pointer, buffer.Length, position, static (fd, bytes, length, at) => ImageCalls.Read(fd, (byte*)bytes, length, at), out read);
        }
    }

    public Errno Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long position, out int written)
    {
        fixed (byte* pointer = bytes)
        {
            return Transfer(file, pointer, bytes.Length, position, static (fd, from, length, at) => ImageCalls.Write(fd, (byte*)from, length, at), out written);
        }
    }

    public Errno SetLength(SafeFileHandle file, long length) =>
        Libc.With(file, fd => Libc.Retry(() => Libc.Capture(ImageCalls.Truncate(fd, length))));

    public Errno Allocate(SafeFileHandle file, long position, long length) =>
        Libc.With(file, fd => Libc.Retry(() => Libc.Capture(ImageCalls.Allocate(fd, 0, position, length))));

    public Errno Flush(SafeFileHandle file) => Libc.With(file, static fd => Libc.Retry(() => Libc.Capture(ImageCalls.Sync(fd))));

    public Errno MakeReadOnly(SafeFileHandle file) => Libc.With(file, static fd => Libc.Capture(ImageCalls.ChangeMode(fd, OwnerReads)));

    private static Errno Seek(SafeFileHandle file, long from, int whence, out long found)
    {
        (var errno, found) = Libc.With(file, fd =>
        {
            var result = ImageCalls.Seek(fd, from, whence);
            return (Libc.Capture(result), result);
        });
        return errno;
    }

    private static Errno Transfer(
        SafeFileHandle file, byte* pointer, int length, long position, Func<int, nint, nuint, long, nint> call, out int count)
    {
        var bytes = (nint)pointer;
        nint result = 0;
        var errno = Libc.With(file, fd => Libc.Retry(() =>
        {
            result = call(fd, bytes, (nuint)length, position);
            return Libc.Capture(result);
        }));
        count = (int)Math.Max(result, 0);
        return errno;
    }

    private static Errno Both(SafeFileHandle source, SafeFileHandle target, Func<int, int, Errno> call) =>
        Libc.With(source, from => Libc.With(target, to => call(from, to)));
}
