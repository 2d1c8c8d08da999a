using AppConsistentSnapshot.Interop;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>Copies what is in a file and leaves out its holes. Looks at the token between pieces, for a blocked call cannot be ended.</summary>
internal sealed class SparseCopy
{
    private const int KernelPiece = 4 * 1024 * 1024;
    private const int BufferSize = 1024 * 1024;
    private readonly IImageContent _content;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
    private bool _inKernel;

    /// <param name="content">The kernel.</param>
    /// <param name="inKernel">Whether copy_file_range is tried first. It may share blocks where the file system can.</param>
    public SparseCopy(IImageContent content, bool inKernel)
    {
        _content = content;
        _inKernel = inKernel;
    }

    /// <summary>The parts of a range that are not holes.</summary>
    public IEnumerable<ByteRange> FindData(SafeFileHandle file, ByteRange range)
    {
        for (var position = range.Start; position < range.End;)
        {
            var errno = _content.FindData(file, position, out var start);
            if (errno == Errno.ENXIO || (errno == Errno.None && start >= range.End))
            {
                yield break;
            }

            if (errno == Errno.EINVAL)
            {
                // The file system does not know holes (lseek(2)): all of it is data.
                yield return new ByteRange(position, range.End);
                yield break;
            }

            ImageFailure.Check(errno, "Looking for data in the backing file");
            ImageFailure.Check(_content.FindHole(file, start, out var end), "Looking for holes in the backing file");
            end = Math.Min(end, range.End);
            yield return new ByteRange(start, end);
            position = end;
        }
    }

    /// <summary>Copies a range.</summary>
    /// <param name="source">What to copy.</param>
    /// <param name="target">Where to; at the same position.</param>
    /// <param name="range">Which part.</param>
    /// <param name="limit">How many bytes to copy at most.</param>
    /// <param name="afterPiece">Called after each piece; may throw.</param>
    /// <param name="cancellationToken">Ends the copy.</param>
    /// <returns>The bytes that were copied.</returns>
    public long Copy(
        SafeFileHandle source, SafeFileHandle target, ByteRange range, long limit, Action? afterPiece, CancellationToken cancellationToken)
    {
        long copied = 0;
        foreach (var data in FindData(source, range))
        {
            for (var position = data.Start; position < data.End && copied < limit;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var piece = CopyPiece(source, target, position, Math.Min(data.End - position, limit - copied));
                position += piece;
                copied += piece;
                afterPiece?.Invoke();
            }
        }

        return copied;
    }

    private long CopyPiece(SafeFileHandle source, SafeFileHandle target, long position, long length)
    {
        if (_inKernel)
        {
            if (_content.CopyRange(source, target, position, Math.Min(length, KernelPiece), out var copied) == Errno.None && copied > 0)
            {
                return copied;
            }

            // Not between these file systems (EXDEV and others, copy_file_range(2)). A real error comes again below, with a better name.
            _inKernel = false;
        }

        var want = (int)Math.Min(length, BufferSize);
        ImageFailure.Check(_content.Read(source, _buffer.AsSpan(0, want), position, out var read), "Reading the backing file");
        if (read == 0)
        {
            throw ImageFailure.Refuse(
                $"The backing file ended at byte {position}, {length} bytes too early.", "Find out what cut the backing file short during the run.");
        }

        for (var done = 0; done < read;)
        {
            ImageFailure.Check(_content.Write(target, _buffer.AsSpan(done, read - done), position + done, out var written), "Writing the image");
            if (written == 0)
            {
                throw ImageFailure.Of(Errno.ENOSPC, "Writing the image");
            }

            done += written;
        }

        return read;
    }
}
