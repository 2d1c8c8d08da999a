using System.Runtime.InteropServices;
using System.Text;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Permissions;

/// <summary>
/// A small file tree with the rules of the real one: nothing is followed, every change moves the change time and nothing moves it back,
/// a descriptor refers to its inode whatever the path names. A race is played in <see cref="OnCall"/>.
/// </summary>
internal sealed class FakeFileTree : IFileInspector
{
    public int OpenHandles;
    private readonly FakeNode _root;
    private uint _time;
    private ulong _inodes;

    public FakeFileTree() => _root = New("/", FileKind.Folder, 0x1ed, 0);

    /// <summary>Called before each call is answered, with its name and the path of its node.</summary>
    public Action<string, string>? OnCall { get; set; }

    public Dictionary<(string Call, string Path), Errno> Errors { get; } = [];

    public FakeNode this[string path]
    {
        get
        {
            var node = _root;
            foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                node = node.Children[name];
            }

            return node;
        }
    }

    public FakeNode AddFolder(string path, int mode = 0x1ed, uint owner = 0) => Put(New(path, FileKind.Folder, mode, owner));

    public FakeNode AddFile(string path, int mode, string content = "#!/bin/sh\n", uint owner = 0)
    {
        var node = New(path, FileKind.Regular, mode, owner);
        node.Content = Encoding.UTF8.GetBytes(content);
        return Put(node);
    }

    public FakeNode AddLink(string path, string target, uint owner = 0)
    {
        var node = New(path, FileKind.Link, 0x1ff, owner);
        node.Target = Encoding.UTF8.GetBytes(target);
        return Put(node);
    }

    public FakeNode Add(string path, FileKind kind) => Put(New(path, kind, 0x1c0, 0));

    public void Remove(string path) => this[Parent(path)].Children.Remove(Name(path));

    public void Move(string from, string to)
    {
        var node = this[from];
        Remove(from);
        this[Parent(to)].Children[Name(to)] = node;
        node.Changed = Tick();
    }

    public void Change(string path, Action<FakeNode> change)
    {
        change(this[path]);
        this[path].Changed = Tick();
    }

    public SafeHandle? OpenRoot(out Errno errno) => Open("open", _root, out errno);

    public SafeHandle? OpenFolder(SafeHandle folder, ReadOnlySpan<byte> name, out Errno errno)
    {
        var node = Find(folder, name, out errno);
        if (node is not null && node.Kind != FileKind.Folder)
        {
            errno = Errno.ENOTDIR;
            return null;
        }

        return node is null ? null : Open("open", node, out errno);
    }

    public SafeHandle? OpenEntry(SafeHandle folder, ReadOnlySpan<byte> name, out Errno errno) =>
        Find(folder, name, out errno) is { } node ? Open("open", node, out errno) : null;

    public Errno Stat(SafeHandle entry, out FileStatus status)
    {
        var node = Node(entry);
        var errno = Enter("stat", node);
        var size = node.Size ?? (ulong)node.Content.Length;
        status = new FileStatus(node.Kind, node.Mode, node.Owner, new FileIdentity(1, node.Inode, size, node.Modified, node.Changed));
        return errno;
    }

    public Errno ReadLink(SafeHandle link, out byte[] target)
    {
        target = Node(link).Target;
        return Enter("readlink", Node(link));
    }

    public Errno ReadAccessAcl(SafeHandle entry, out byte[] acl)
    {
        acl = Node(entry).Acl;
        return Enter("acl", Node(entry));
    }

    public Errno StatFileSystem(SafeHandle entry, out FileSystemFacts facts)
    {
        facts = Node(entry).Facts;
        return Enter("statfs", Node(entry));
    }

    public SafeHandle? OpenForReading(SafeHandle entry, out Errno errno) => Open("reopen", Node(entry), out errno);

    public Errno Read(SafeHandle file, long offset, Span<byte> buffer, out int count)
    {
        var errno = Enter("read", Node(file));
        var rest = Node(file).Content.AsSpan((int)Math.Min(offset, Node(file).Content.Length));
        count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        return errno;
    }

    private static string Parent(string path) => path[..path.LastIndexOf('/')];

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static FakeNode Node(SafeHandle handle)
    {
        ObjectDisposedException.ThrowIf(handle.IsClosed, handle);
        return ((FakeHandle)handle).Node;
    }

    private FakeNode New(string path, FileKind kind, int mode, uint owner) => new()
    {
        Path = path,
        Inode = ++_inodes,
        Kind = kind,
        Mode = mode,
        Owner = owner,
        Modified = Tick(),
        Changed = Tick(),
    };

    private FakeNode Put(FakeNode node) => this[Parent(node.Path)].Children[Name(node.Path)] = node;

    private FileTime Tick() => new(1_700_000_000, ++_time);

    private Errno Enter(string call, FakeNode node)
    {
        OnCall?.Invoke(call, node.Path);
        return Errors.GetValueOrDefault((call, node.Path));
    }

    private FakeHandle? Open(string call, FakeNode node, out Errno errno)
    {
        errno = Enter(call, node);
        return errno == Errno.None ? new FakeHandle(this, node) : null;
    }

    private static FakeNode? Find(SafeHandle folder, ReadOnlySpan<byte> name, out Errno errno)
    {
        errno = name.Length > 255 ? Errno.ENAMETOOLONG : Errno.ENOENT;
        return Node(folder).Children.GetValueOrDefault(Encoding.UTF8.GetString(name));
    }
}
