using System.Runtime.InteropServices;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Permissions;

// Why not realpath(3) and stat(2): between two calls by path somebody can put something else there. Here each component is opened in the
// folder that was opened and checked before, without following it, and what is checked is what the descriptor refers to.
/// <summary>Walks a path from <c>/</c> as the kernel does, but opens and checks every component, links and their targets included.</summary>
internal sealed partial class PathWalk : IDisposable
{
    // MAXSYMLINKS of linux/namei.h.
    private const int MaxLinks = 40;

    // PATH_MAX without its terminating zero: a longer path could be walked here, but not executed.
    private const int MaxLength = 4095;
    private readonly IFileInspector _inspector;
    private readonly EntryCheck _check;
    private readonly FileRule _rule;
    private readonly Stack<(SafeHandle Folder, byte[] Path)> _folders = [];
    private readonly Stack<byte[]> _pending = [];
    private readonly List<PathFinding> _fileFindings = [];
    private readonly List<PathFinding> _folderFindings = [];
    private readonly HashSet<string> _checked = new(StringComparer.Ordinal);
    private SafeHandle? _file;
    private FileStatus _status;
    private int _links;

    /// <summary>The link that the path ends in. It is refused; what follows only tells whether it leads to anything.</summary>
    private (byte[] Path, byte[] Target)? _finalLink;

    private PathWalk(IFileInspector inspector, EntryCheck check, FileRule rule)
    {
        _inspector = inspector;
        _check = check;
        _rule = rule;
    }

    /// <summary>Walks a path once.</summary>
    public static WalkResult Run(IFileInspector inspector, EntryCheck check, FileRule rule, string? path)
    {
        using var walk = new PathWalk(inspector, check, rule);
        walk.Walk(path);
        var file = walk._file;
        walk._file = null;
        return new WalkResult { File = file, Status = walk._status, Findings = [.. walk._fileFindings, .. walk._folderFindings] };
    }

    public void Dispose()
    {
        _file?.Dispose();
        while (_folders.TryPop(out var folder))
        {
            folder.Folder.Dispose();
        }
    }

    private void Walk(string? path)
    {
        var bytes = string.IsNullOrEmpty(path) ? null : PathText.TryEncode(path);
        if (bytes is null || bytes[0] != '/' || bytes.Contains((byte)0) || bytes.Length > MaxLength)
        {
            AddTo(_fileFindings, Unusable(path ?? ""));
            return;
        }

        Enqueue(bytes);
        var goesOn = EnterRoot();
        while (goesOn && _pending.TryPop(out var name))
        {
            goesOn = Step(name);
        }

        if (goesOn)
        {
            NotRegular(_folders.Peek().Path, FileKind.Folder);
        }
    }

    private bool Step(byte[] name)
    {
        if (name is [] or [(byte)'.'])
        {
            return true;
        }

        if (name is [(byte)'.', (byte)'.'])
        {
            // The parent that was checked on the way down. In "/" it is "/" itself.
            if (_folders.Count > 1)
            {
                _folders.Pop().Folder.Dispose();
            }

            return true;
        }

        var isLast = _pending.Count == 0;
        var path = PathOf(name);
        var entry = Open(name, isLast, out var errno);
        if (entry is null)
        {
            return Fail(path, errno);
        }

        errno = _inspector.Stat(entry, out var status);
        if (errno == Errno.None)
        {
            return Take(entry, status, path, isLast);
        }

        entry.Dispose();
        return Fail(path, errno);
    }

    /// <summary>Owns <paramref name="entry"/>.</summary>
    private bool Take(SafeHandle entry, FileStatus status, byte[] path, bool isLast)
    {
        switch (status.Kind)
        {
            case FileKind.Folder:
                Enter(entry, status, path);
                return true;
            case FileKind.Link:
                using (entry)
                {
                    return Follow(entry, status, path, isLast);
                }

            case FileKind.Regular when isLast && _finalLink is null:
                _file = entry;
                _status = status;
                AddTo(_fileFindings, _check.CheckFileSystem(entry, path, _rule.IsExecuted));
                AddTo(_fileFindings, _check.CheckFile(entry, status, path, _rule));
                return false;
            default:
                entry.Dispose();
                return isLast ? NotRegular(path, status.Kind) : Fail(path, Errno.ENOTDIR);
        }
    }

    private bool EnterRoot()
    {
        var root = _inspector.OpenRoot(out var errno);
        var status = default(FileStatus);
        if (root is null || (errno = _inspector.Stat(root, out status)) != Errno.None)
        {
            root?.Dispose();
            return Fail("/"u8.ToArray(), errno);
        }

        Enter(root, status, "/"u8.ToArray());
        return true;
    }

    private void Enter(SafeHandle folder, FileStatus status, byte[] path)
    {
        _folders.Push((folder, path));
        if (_finalLink is null && _checked.Add(Convert.ToHexString(path)))
        {
            AddTo(_folderFindings, _check.CheckFileSystem(folder, path, isExecuted: false));
            AddTo(_folderFindings, _check.CheckFolder(folder, status, path));
        }
    }

    private bool Follow(SafeHandle link, FileStatus status, byte[] path, bool isLast)
    {
        if (_finalLink is null && !isLast && _checked.Add(Convert.ToHexString(path)))
        {
            AddTo(_folderFindings, _check.CheckLink(status, path));
        }

        var errno = _inspector.StatFileSystem(link, out var facts);
        if (errno == Errno.None && facts.IsProc)
        {
            return _finalLink is null ? RefuseProcLink(path) : RefuseFinalLink();
        }

        var target = Array.Empty<byte>();
        errno = errno == Errno.None ? _inspector.ReadLink(link, out target) : errno;
        _finalLink ??= isLast && errno == Errno.None ? (path, target) : null;
        if (errno != Errno.None || target.Length == 0 || _links++ >= MaxLinks)
        {
            return Fail(path, errno != Errno.None ? errno : target.Length == 0 ? Errno.ENOENT : Errno.ELOOP);
        }

        if (target[0] == '/')
        {
            while (_folders.Count > 1)
            {
                _folders.Pop().Folder.Dispose();
            }
        }

        Enqueue(target);
        return true;
    }

    private SafeHandle? Open(byte[] name, bool isLast, out Errno errno)
    {
        var parent = _folders.Peek().Folder;
        if (isLast)
        {
            return _inspector.OpenEntry(parent, name, out errno);
        }

        var folder = _inspector.OpenFolder(parent, name, out errno);
        return folder is null && errno is Errno.ENOTDIR or Errno.ELOOP ? _inspector.OpenEntry(parent, name, out errno) : folder;
    }

    private void Enqueue(byte[] path)
    {
        var components = Split(path);
        for (var i = components.Count - 1; i >= 0; i--)
        {
            _pending.Push(components[i]);
        }
    }

    private static List<byte[]> Split(ReadOnlySpan<byte> path)
    {
        var components = new List<byte[]>();
        foreach (var range in path.Split((byte)'/'))
        {
            components.Add(path[range].ToArray());
        }

        return components;
    }

    private byte[] PathOf(byte[] name)
    {
        var folder = _folders.Peek().Path;
        return folder.Length == 1 ? [.. folder, .. name] : [.. folder, (byte)'/', .. name];
    }
}
