using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Interop;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>
/// Tries the cut on the real files before anything stands still: whether blocks can be shared, how long it takes, whether there is room.
/// Leaves the image without content.
/// </summary>
internal sealed class ImageRehearsal
{
    private const long SampleBytes = 16 * 1024 * 1024;
    private const long MarginBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan Overhead = TimeSpan.FromMilliseconds(10);
    private readonly ImageKernel _kernel;
    private readonly DiskImageCopyMode _mode;
    private readonly long? _bytesPerSecond;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;

    public ImageRehearsal(ImageKernel kernel, DiskImageCopyMode mode, long? bytesPerSecond, TimeProvider timeProvider, ILogger logger)
    {
        _kernel = kernel;
        _mode = mode;
        _bytesPerSecond = bytesPerSecond;
        _timeProvider = timeProvider;
        _logger = logger;
    }

    /// <exception cref="SnapshotBackendException">There is no room, or blocks cannot be shared though they have to be.</exception>
    public void Rehearse(ImageFolder folder, ImageTarget target, CancellationToken cancellationToken)
    {
        // So that the cut itself finds little to write: FICLONE writes the original's dirty pages first.
        Check(target, _kernel.Content.Flush(target.Source.Handle), $"Flushing '{target.Source.BackingFile}'");
        if (_mode != DiskImageCopyMode.Copy && TryReflink(target))
        {
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        PrepareCopy(folder, target, cancellationToken);
    }

    private bool TryReflink(ImageTarget target)
    {
        // Best effort: where it matters and did not work, the clone says EINVAL.
        _ = _kernel.Content.CopyCowAttribute(target.Source.Handle, target.Handle);
        var began = _timeProvider.GetTimestamp();
        var errno = _kernel.Content.Clone(target.Source.Handle, target.Handle);
        var elapsed = _timeProvider.GetElapsedTime(began);
        if (errno == Errno.None)
        {
            Check(target, _kernel.Content.SetLength(target.Handle, 0), "Emptying the image after the rehearsal");
            target.UseReflink(Overhead + (elapsed * 2));
            return true;
        }

        if (errno is Errno.ENOSPC or Errno.EDQUOT or Errno.EIO or Errno.EROFS)
        {
            throw ImageFailure.Of(errno, $"Sharing the blocks of '{target.Source.BackingFile}' with the image", target.Volume);
        }

        if (_mode == DiskImageCopyMode.Reflink)
        {
            throw ImageFailure.Refuse(
                $"'{target.Source.BackingFile}' and the image cannot share blocks: {errno.Describe()}.",
                "Put the output folder on the same Btrfs or XFS (made with reflink=1) as that file, or allow a copy (CopyMode Auto).", target.Volume);
        }

        _logger.CannotReflink(target.Source.BackingFile, errno.Describe());
        return false;
    }

    private void PrepareCopy(ImageFolder folder, ImageTarget target, CancellationToken cancellationToken)
    {
        var writes = _kernel.Devices.OpenWriteCounter(target.Source.Device.Number) ?? throw ImageFailure.Refuse(
            $"The kernel counts no writes to {target.Source.Device.Name}, so a copy could not be told from one that was written to meanwhile.",
            $"Run 'echo 1 > /sys/block/{target.Source.Device.WholeName}/queue/iostats'.", target.Volume);
        target.UseCopy(new SparseCopy(_kernel.Content, inKernel: _mode == DiskImageCopyMode.Auto), writes);
        var data = target.Copier!.FindData(target.Source.Handle, target.Source.Range).ToList();
        var bytes = data.Sum(static range => range.Length);
        CheckSpace(folder, target, bytes);
        var rate = _bytesPerSecond ?? MeasureBytesPerSecond(target, cancellationToken);
        Reserve(target, data, cancellationToken);
        target.SetEstimate(Overhead + TimeSpan.FromSeconds((double)bytes / rate));
    }

    private void CheckSpace(ImageFolder folder, ImageTarget target, long bytes)
    {
        Check(target, _kernel.Files.FindFreeBytes(folder.Handle, out var free), $"Asking for the free space of '{folder.Path}'");
        if (free - MarginBytes < bytes)
        {
            throw ImageFailure.Of(
                Errno.ENOSPC, $"The image of '{target.Volume}' takes {bytes} bytes, and '{folder.Path}' has {free} bytes left", target.Volume);
        }
    }

    private double MeasureBytesPerSecond(ImageTarget target, CancellationToken cancellationToken)
    {
        var began = _timeProvider.GetTimestamp();
        var copied = target.Copier!.Copy(target.Source.Handle, target.Handle, target.Source.Range, SampleBytes, null, cancellationToken);
        Check(target, _kernel.Content.Flush(target.Handle), "Writing the image");
        var elapsed = _timeProvider.GetElapsedTime(began);

        // What is in a hole of the original at the cut must not keep what the sample wrote there.
        Check(target, _kernel.Content.SetLength(target.Handle, 0), "Emptying the image after the rehearsal");
        return copied / Math.Max(elapsed.TotalSeconds, 0.000_001) + 1;
    }

    /// <summary>So that a disk that is full is found now, and not while everything stands still.</summary>
    private void Reserve(ImageTarget target, List<ByteRange> data, CancellationToken cancellationToken)
    {
        Check(target, _kernel.Content.SetLength(target.Handle, target.Source.BackingLength), "Setting the length of the image");
        foreach (var range in data)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var errno = _kernel.Content.Allocate(target.Handle, range.Start, range.Length);
            if (errno is Errno.EOPNOTSUPP)
            {
                return;
            }

            Check(target, errno, $"Reserving {range.Length} bytes for the image of '{target.Volume}'");
        }
    }

    private static void Check(ImageTarget target, Errno errno, string what) => ImageFailure.Check(errno, what, target.Volume);
}
