using System.Globalization;
using System.Runtime.InteropServices;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Permissions;

/// <summary>Reads the content of a checked file, from the very descriptor that was checked.</summary>
internal sealed class CheckedContent
{
    /// <summary>Far more than any script or plan; a bound on the memory that the copy takes.</summary>
    public const int MaxSize = 64 * 1024 * 1024;

    private const int BufferSize = 128 * 1024;
    private readonly IFileInspector _inspector;

    public CheckedContent(IFileInspector inspector) => _inspector = inspector;

    public delegate Errno Sink(ReadOnlySpan<byte> bytes);

    /// <summary>Hands the content on, piece by piece.</summary>
    /// <returns>Null if that was the whole content of the file as it was checked; else what went wrong.</returns>
    public PathFinding? Read(WalkResult checkedFile, string path, Sink sink, CancellationToken cancellationToken)
    {
        if (checkedFile.Status.Identity.Size > MaxSize)
        {
            return TooLarge(path, checkedFile.Status.Identity.Size);
        }

        using var file = _inspector.OpenForReading(checkedFile.File!, out var errno);
        if (file is null)
        {
            return Unreadable(path, errno);
        }

        var buffer = new byte[BufferSize];
        long total = 0;
        while (total <= MaxSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            errno = _inspector.Read(file, total, buffer, out var count);
            if (errno == Errno.None && count > 0)
            {
                errno = sink(buffer.AsSpan(0, count));
            }

            if (errno != Errno.None)
            {
                return Unreadable(path, errno);
            }

            if (count == 0)
            {
                break;
            }

            total += count;
        }

        return Compare(checkedFile, file, path, total);
    }

    private PathFinding? Compare(WalkResult checkedFile, SafeHandle file, string path, long total)
    {
        var errno = _inspector.Stat(file, out var now);
        if (errno != Errno.None)
        {
            return Unreadable(path, errno);
        }

        var before = checkedFile.Status.Identity;
        return now.Identity == before && (ulong)total == before.Size ? null : new PathFinding
        {
            Path = path,
            Message = $"{PathText.Quote(path)} was changed while it was being checked.",
            Found = IdentityText.Difference(before, now.Identity) ?? $"{total} bytes",
            Allowed = "no change between the check and the end of the run",
            Remedy = "Find out who changes it, and run again when nobody does.",
        };
    }

    private static PathFinding TooLarge(string path, ulong size) => new()
    {
        Path = path,
        Message = $"{PathText.Quote(path)} has {size} bytes; at most {MaxSize} are kept safe from later changes.",
        Found = size.ToString(CultureInfo.InvariantCulture),
        Allowed = $"at most {MaxSize} bytes",
        Remedy = "Let a small script start the large program.",
    };

    private static PathFinding Unreadable(string path, Errno errno) => new()
    {
        Path = path,
        Message = $"{PathText.Quote(path)} could not be read ({errno.Describe()}).",
        Remedy = "Run as root; else see what the kernel's answer means for this file system.",
        Errno = errno,
    };
}
