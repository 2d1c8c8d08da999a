using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Testing.Kernel;

/// <summary>A descriptor of a fake kernel, which counts those that are open.</summary>
internal sealed class FakeDescriptor : SafeHandle
{
    private readonly Action _onClosed;

    public FakeDescriptor(FakeFileSystem fileSystem, int mountId, Action onClosed)
        : base(invalidHandleValue: -1, ownsHandle: true)
    {
        FileSystem = fileSystem;
        MountId = mountId;
        _onClosed = onClosed;
        SetHandle(mountId);
    }

    public FakeFileSystem FileSystem { get; }

    public int MountId { get; }

    public override bool IsInvalid => handle == -1;

    protected override bool ReleaseHandle()
    {
        _onClosed();
        return true;
    }
}
