using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Tests.Permissions;

/// <summary>A descriptor of a <see cref="FakeFileTree"/>, which counts those that are open.</summary>
internal sealed class FakeHandle : SafeHandle
{
    private readonly FakeFileTree _tree;

    public FakeHandle(FakeFileTree tree, FakeNode node)
        : base(0, ownsHandle: true)
    {
        _tree = tree;
        Node = node;
        SetHandle(1);
        Interlocked.Increment(ref tree.OpenHandles);
    }

    public FakeNode Node { get; }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Interlocked.Decrement(ref _tree.OpenHandles);
        return true;
    }
}
