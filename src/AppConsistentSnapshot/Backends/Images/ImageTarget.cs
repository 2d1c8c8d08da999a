using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>One image under way: everything open that the cut needs.</summary>
internal sealed class ImageTarget : IDisposable
{
    private LoopSource? _source;
    private IWriteCounter? _writes;

    public ImageTarget(string name, IReadOnlyList<MountedFileSystem> volumes, LoopSource source, SafeFileHandle handle, ulong inode)
    {
        Name = name;
        Volumes = volumes;
        _source = source;
        Handle = handle;
        Inode = inode;
    }

    public string Name { get; }

    /// <summary>All mounts of the one file system.</summary>
    public IReadOnlyList<MountedFileSystem> Volumes { get; }

    public string Volume => Volumes[0].MountPoint;

    public LoopSource Source => _source ?? throw new ObjectDisposedException(Name);

    /// <summary>The image, open for writing.</summary>
    public SafeFileHandle Handle { get; }

    public ulong Inode { get; }

    public ImageMethod Method { get; private set; }

    public SparseCopy? Copier { get; private set; }

    public TimeSpan Estimate { get; private set; }

    public DateTimeOffset CutStartedAt { get; set; }

    public DateTimeOffset CutEndedAt { get; set; }

    /// <summary>Counts writes to the original while it is copied; there for <see cref="ImageMethod.Copy"/> only.</summary>
    public IWriteCounter Writes => _writes ?? throw new ObjectDisposedException(Name);

    public void UseReflink(TimeSpan estimate)
    {
        Method = ImageMethod.Reflink;
        Estimate = estimate;
    }

    public void UseCopy(SparseCopy copier, IWriteCounter writes)
    {
        Method = ImageMethod.Copy;
        Copier = copier;
        _writes = writes;
    }

    public void SetEstimate(TimeSpan estimate) => Estimate = estimate;

    public void Dispose()
    {
        Handle.Dispose();
        _source?.Dispose();
        _source = null;
        _writes?.Dispose();
        _writes = null;
    }
}
