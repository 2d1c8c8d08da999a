using System.Runtime.Versioning;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Tests.Backends;

/// <summary>Real files, until a call is to fail; a clone is played by a copy.</summary>
[SupportedOSPlatform("linux")]
internal sealed class FaultyContent(FaultPlan plan) : IImageContent
{
    private readonly LinuxImageContent _real = new();

    /// <summary>What the kernel says to FICLONE.</summary>
    public Errno CloneAnswer { get; set; }

    /// <summary>What the kernel says to copy_file_range.</summary>
    public Errno CopyAnswer { get; set; }

    /// <summary>Called before a clone.</summary>
    public Action? Cloning { get; set; }

    /// <summary>Called after a piece was copied or written.</summary>
    public Action? Copied { get; set; }

    public int Reads { get; private set; }

    public Errno Clone(SafeFileHandle source, SafeFileHandle target)
    {
        Cloning?.Invoke();
        if (plan.Fails("clone"))
        {
            return plan.Answer;
        }

        if (CloneAnswer != Errno.None)
        {
            return CloneAnswer;
        }

        var bytes = new byte[RandomAccess.GetLength(source)];
        Assert.Equal(bytes.Length, RandomAccess.Read(source, bytes, 0));
        RandomAccess.SetLength(target, bytes.Length);
        RandomAccess.Write(target, bytes, 0);
        return Errno.None;
    }

    public Errno CopyCowAttribute(SafeFileHandle source, SafeFileHandle target) =>
        plan.Fails("attribute") ? plan.Answer : _real.CopyCowAttribute(source, target);

    public Errno FindData(SafeFileHandle file, long from, out long start)
    {
        start = 0;
        return plan.Fails("find data") ? plan.Answer : _real.FindData(file, from, out start);
    }

    public Errno FindHole(SafeFileHandle file, long from, out long start)
    {
        start = 0;
        return plan.Fails("find hole") ? plan.Answer : _real.FindHole(file, from, out start);
    }

    public Errno CopyRange(SafeFileHandle source, SafeFileHandle target, long position, long length, out long copied)
    {
        copied = 0;
        var errno = plan.Fails("copy") ? plan.Answer
            : CopyAnswer != Errno.None ? CopyAnswer
            : _real.CopyRange(source, target, position, Math.Min(length, 100_000), out copied);
        Copied?.Invoke();
        return errno;
    }

    public Errno Read(SafeFileHandle file, Span<byte> buffer, long position, out int read)
    {
        read = 0;
        Reads++;
        return plan.Fails("read") ? plan.Answer : _real.Read(file, buffer, position, out read);
    }

    public Errno Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long position, out int written)
    {
        written = 0;
        if (plan.Fails("write"))
        {
            return plan.Answer;
        }

        // Less than was asked for, as the kernel may.
        var errno = _real.Write(file, bytes[..Math.Min(bytes.Length, 100_000)], position, out written);
        Copied?.Invoke();
        return errno;
    }

    public Errno SetLength(SafeFileHandle file, long length) => plan.Fails("truncate") ? plan.Answer : _real.SetLength(file, length);

    public Errno Allocate(SafeFileHandle file, long position, long length) =>
        plan.Fails("allocate") ? plan.Answer : _real.Allocate(file, position, length);

    public Errno Flush(SafeFileHandle file) => plan.Fails("flush") ? plan.Answer : _real.Flush(file);

    public Errno MakeReadOnly(SafeFileHandle file) => plan.Fails("chmod") ? plan.Answer : _real.MakeReadOnly(file);
}
