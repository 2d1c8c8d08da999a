using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Testing.Kernel;

/// <summary>
/// A file system of a fake kernel. Its rules: a second freeze is EBUSY; a thaw of what is not frozen is EINVAL; types without freeze are EOPNOTSUPP;
/// a freeze of what lies on a frozen file system blocks until that one is thawed.
/// </summary>
internal sealed class FakeFileSystem
{
    private readonly object _kernel;

    internal FakeFileSystem(object kernel, string name, string type, string number)
    {
        _kernel = kernel;
        Name = name;
        Type = type;
        Number = number;
    }

    /// <summary>Its first mount point.</summary>
    public string Name { get; }

    public string Type { get; }

    /// <summary>Its <c>major:minor</c>.</summary>
    public string Number { get; }

    public string Source => $"/dev/fake{Number}";

    public FakeOperation Freezes { get; } = new();

    public FakeOperation Thaws { get; } = new();

    public FakeOperation Flushes { get; } = new();

    /// <summary>The file that it lies in, if any.</summary>
    public string? BackingFile { get; set; }

    /// <summary>The file system that holds <see cref="BackingFile"/>: while it is frozen, a freeze of this one blocks.</summary>
    public FakeFileSystem? Below { get; set; }

    public FakeHolder Holder { get; private set; }

    /// <summary>Whether the code under test thawed what somebody else held.</summary>
    public bool ForeignFreezeDestroyed { get; private set; }

    /// <summary>Another program freezes it.</summary>
    public Errno FreezeBySomebodyElse() => Freeze(FakeHolder.SomebodyElse);

    /// <summary>Another program thaws it, whoever holds it.</summary>
    public Errno ThawBySomebodyElse() => Thaw(FakeHolder.SomebodyElse);

    internal Errno Freeze(FakeHolder caller)
    {
        lock (_kernel)
        {
            if (FileSystemTypes.Classify(Type).Freezability != Freezability.CanFreeze)
            {
                return Errno.EOPNOTSUPP;
            }

            while (Holder == FakeHolder.Nobody && Below is { Holder: not FakeHolder.Nobody })
            {
                _ = Monitor.Wait(_kernel);
            }

            if (Holder != FakeHolder.Nobody)
            {
                return Errno.EBUSY;
            }

            Holder = caller;
            return Errno.None;
        }
    }

    internal Errno Thaw(FakeHolder caller)
    {
        lock (_kernel)
        {
            if (Holder == FakeHolder.Nobody)
            {
                return Errno.EINVAL;
            }

            ForeignFreezeDestroyed |= caller == FakeHolder.Us && Holder == FakeHolder.SomebodyElse;
            Holder = FakeHolder.Nobody;
            Monitor.PulseAll(_kernel);
            return Errno.None;
        }
    }
}
