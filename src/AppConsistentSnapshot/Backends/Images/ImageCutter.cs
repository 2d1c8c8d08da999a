using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>Cuts one image. This is all that happens while the file system stands still.</summary>
internal sealed class ImageCutter
{
    private const int Patience = 100;
    private readonly IImageContent _content;
    private readonly TimeProvider _timeProvider;

    public ImageCutter(IImageContent content, TimeProvider timeProvider)
    {
        _content = content;
        _timeProvider = timeProvider;
    }

    public void Cut(ImageTarget target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        target.CutStartedAt = _timeProvider.GetUtcNow();
        if (target.Method == ImageMethod.Reflink)
        {
            // The kernel locks the original against writes meanwhile: the clone is one point in time, frozen or not.
            ImageFailure.Check(_content.Clone(target.Source.Handle, target.Handle), $"Sharing the blocks of '{target.Source.BackingFile}'", target.Volume);
        }
        else
        {
            Copy(target, cancellationToken);
        }

        target.CutEndedAt = _timeProvider.GetUtcNow();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>A copy is a point in time only if nothing was written meanwhile: the device's own counters say so, whoever froze or thawed it.</summary>
    private static void Copy(ImageTarget target, CancellationToken cancellationToken)
    {
        var before = ReadWrites(target);
        try
        {
            _ = target.Copier!.Copy(
                target.Source.Handle, target.Handle, target.Source.Range, long.MaxValue, () => RefuseWritten(target, before), cancellationToken);
        }
        catch (SnapshotBackendException error) when (error.Volume is null)
        {
            throw new SnapshotBackendException($"'{target.Volume}': {error.Message}", error)
            {
                Volume = target.Volume,
                Code = error.Code,
                RecommendedAction = error.RecommendedAction,
            };
        }

        RefuseUnderWay(target, before);
    }

    private static void RefuseWritten(ImageTarget target, DeviceWrites before)
    {
        var now = ReadWrites(target);
        if (now.Requests != before.Requests || now.Sectors != before.Sectors)
        {
            throw ImageFailure.Refuse(
                $"{target.Source.Device.Name} ('{target.Volume}') was written to while it was copied ({now.Requests - before.Requests} writes): " +
                "the copy is not of one moment, not even as after a power cut.",
                "Make sure that the file system is frozen for the cut, or put the output folder on the same Btrfs or XFS as the backing file, where the cut is instant.",
                target.Volume);
        }
    }

    private static void RefuseUnderWay(ImageTarget target, DeviceWrites before)
    {
        // A discard counts as under way but not as a write; it ends in a moment.
        for (var attempt = 0; attempt < Patience && ReadWrites(target).InFlight > 0; attempt++)
        {
            _ = Thread.Yield();
        }

        RefuseWritten(target, before);
        if (ReadWrites(target).InFlight > 0)
        {
            throw ImageFailure.Refuse(
                $"{target.Source.Device.Name} ('{target.Volume}') has writes under way at the end of the copy: the copy is not of one moment.",
                "Make sure that the file system is frozen for the cut.", target.Volume);
        }
    }

    private static DeviceWrites ReadWrites(ImageTarget target)
    {
        ImageFailure.Check(target.Writes.Read(out var writes), $"Reading the write counters of {target.Source.Device.Name}", target.Volume);
        return writes;
    }
}
