using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Testing.Kernel;

/// <summary>Mounts and freezes in memory, by the kernel's rules. Calls through the interfaces are those of the code under test.</summary>
internal sealed class FakeKernel : IMountSystem, IBlockDevices, IFreezeSystemCalls
{
    // No test takes that long; without a bound a failing one would keep the runner alive.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly List<FakeMount> _mounts = [];
    private readonly List<FakeFileSystem> _fileSystems = [];
    private readonly List<FakeCall> _calls = [];
    private readonly List<string> _opened = [];
    private readonly Dictionary<string, FakeOperation> _opens = new(StringComparer.Ordinal);
    private int _lastMountId = 20;
    private int _openDescriptors;

    public FakeKernel() => Add("/");

    /// <summary>Every freeze, thaw and flush of the code under test, in the order in which they returned.</summary>
    public IReadOnlyList<FakeCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Every path that the code under test opened.</summary>
    public IReadOnlyList<string> Opened
    {
        get
        {
            lock (_gate)
            {
                return [.. _opened];
            }
        }
    }

    public int OpenDescriptors => Volatile.Read(ref _openDescriptors);

    public IReadOnlyList<FakeFileSystem> FileSystems => _fileSystems;

    /// <summary>What the code under test holds frozen.</summary>
    public IReadOnlyList<string> FrozenByUs
    {
        get
        {
            lock (_gate)
            {
                return [.. _fileSystems.Where(fileSystem => fileSystem.Holder == FakeHolder.Us).Select(fileSystem => fileSystem.Name)];
            }
        }
    }

    /// <summary>Waits until something holds; asked again after every call of the code under test.</summary>
    /// <exception cref="TimeoutException">It never did.</exception>
    public void WaitUntil(Func<FakeKernel, bool> condition)
    {
        lock (_gate)
        {
            while (!condition(this))
            {
                if (!Monitor.Wait(_gate, Patience))
                {
                    throw new TimeoutException("The kernel never came to be as it was waited for");
                }
            }
        }
    }

    /// <summary>Makes a file system and mounts it.</summary>
    public FakeFileSystem Add(string mountPoint, string type = "ext4")
    {
        var fileSystem = new FakeFileSystem(_gate, mountPoint, type, string.Create(CultureInfo.InvariantCulture, $"8:{_fileSystems.Count}"));
        lock (_gate)
        {
            _fileSystems.Add(fileSystem);
        }

        _ = Mount(fileSystem, mountPoint);
        return fileSystem;
    }

    /// <summary>Makes a file system in a file of another one and mounts it.</summary>
    public FakeFileSystem AddLoop(string mountPoint, FakeFileSystem below, string type = "ext4")
    {
        var fileSystem = Add(mountPoint, type);
        fileSystem.Below = below;
        fileSystem.BackingFile = below.Name.TrimEnd('/') + "/disk.img";
        return fileSystem;
    }

    public FakeMount Mount(FakeFileSystem fileSystem, string mountPoint, string root = "/")
    {
        lock (_gate)
        {
            var parent = MountTable.Parse(ReadMountTable()).Find(mountPoint)?.MountId ?? 1;
            var mount = new FakeMount(++_lastMountId, parent, fileSystem, mountPoint, root);
            _mounts.Add(mount);
            return mount;
        }
    }

    public void Unmount(FakeMount mount)
    {
        lock (_gate)
        {
            _ = _mounts.Remove(mount);
        }
    }

    /// <summary>Unmounts what is mounted there last.</summary>
    public void Unmount(string mountPoint) => Unmount(_mounts.Last(mount => mount.MountPoint == mountPoint));

    /// <summary>What opening a path is to do.</summary>
    public FakeOperation Opens(string path)
    {
        lock (_gate)
        {
            if (!_opens.TryGetValue(path, out var operation))
            {
                operation = new FakeOperation();
                _opens.Add(path, operation);
            }

            return operation;
        }
    }

    public byte[] ReadMountTable()
    {
        var text = new StringBuilder();
        lock (_gate)
        {
            foreach (var mount in _mounts)
            {
                var (id, parent, fileSystem, mountPoint, root) = mount;
                _ = text.Append(
                    CultureInfo.InvariantCulture,
                    $"{id} {parent} {fileSystem.Number} {Escape(root)} {Escape(mountPoint)} rw,relatime shared:1 - {fileSystem.Type} {fileSystem.Source} rw\n");
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public SafeHandle? OpenFolder(string path, out Errno errno)
    {
        lock (_gate)
        {
            _opened.Add(path);
        }

        errno = Opens(path).Enter();
        lock (_gate)
        {
            var id = MountTable.Parse(ReadMountTable()).Find(path)?.MountId;
            if (errno != Errno.None || _mounts.Find(mount => mount.Id == id) is not { } mount)
            {
                errno = errno == Errno.None ? Errno.ENOENT : errno;
                return null;
            }

            _ = Interlocked.Increment(ref _openDescriptors);
            return new FakeDescriptor(mount.FileSystem, mount.Id, () => Interlocked.Decrement(ref _openDescriptors));
        }
    }

    public int? FindMountId(SafeHandle folder) => ((FakeDescriptor)folder).MountId;

    public IReadOnlyList<string> FindBackingFiles(string deviceNumber, string source) =>
        _fileSystems.Find(fileSystem => fileSystem.Number == deviceNumber)?.BackingFile is { } file ? [file] : [];

    public Errno Freeze(SafeHandle fileSystem) =>
        Call("freeze", fileSystem, of => of.Freezes, of => of.Freeze(FakeHolder.Us));

    public Errno Thaw(SafeHandle fileSystem) =>
        Call("thaw", fileSystem, of => of.Thaws, of => of.Thaw(FakeHolder.Us));

    public Errno Flush(SafeHandle fileSystem) =>
        Call("flush", fileSystem, of => of.Flushes, static _ => Errno.None);

    private static string Escape(string path) => path
        .Replace("\\", @"\134", StringComparison.Ordinal)
        .Replace(" ", @"\040", StringComparison.Ordinal)
        .Replace("\t", @"\011", StringComparison.Ordinal)
        .Replace("\n", @"\012", StringComparison.Ordinal);

    private Errno Call(string operation, SafeHandle handle, Func<FakeFileSystem, FakeOperation> plan, Func<FakeFileSystem, Errno> rule)
    {
        ObjectDisposedException.ThrowIf(handle.IsClosed, handle);
        var fileSystem = ((FakeDescriptor)handle).FileSystem;
        var errno = plan(fileSystem).Enter();
        lock (_gate)
        {
            if (errno == Errno.None)
            {
                errno = rule(fileSystem);
            }

            _calls.Add(new FakeCall(operation, fileSystem.Name, errno));
            Monitor.PulseAll(_gate);
            return errno;
        }
    }
}
