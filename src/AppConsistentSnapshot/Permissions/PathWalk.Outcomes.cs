using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Permissions;

/// <summary>How a walk ends without a file. Each answers whether the walk goes on: never.</summary>
internal sealed partial class PathWalk
{
    private static PathFinding Unusable(string path) => new()
    {
        IsMissing = true,
        Path = path,
        Message = $"{PathText.Quote(path)} is no path that can be checked and executed.",
        Found = path,
        Allowed = $"an absolute path of at most {MaxLength} bytes, without a zero byte",
    };

    /// <summary>The kernel has no such entry, or does not let it be seen.</summary>
    private bool Fail(byte[] path, Errno errno)
    {
        var isMissing = errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP or Errno.ENAMETOOLONG;
        if (_finalLink is { } link)
        {
            return isMissing ? Dangling(link.Path, link.Target, errno) : RefuseFinalLink();
        }

        AddTo(_fileFindings, !isMissing ? EntryCheck.Failure(path, "the status", errno) : new PathFinding
        {
            IsMissing = true,
            Path = PathText.Plain(path),
            Message = $"there is nothing at {PathText.Quote(path)} ({errno.Describe()}).",
            Found = "nothing",
            Allowed = "a regular file",
            Errno = errno,
        });
        return false;
    }

    private bool NotRegular(byte[] path, FileKind kind)
    {
        if (kind == FileKind.Regular || _finalLink is not null)
        {
            return RefuseFinalLink();
        }

        AddTo(_fileFindings, new PathFinding
        {
            IsMissing = true,
            Path = PathText.Plain(path),
            Message = $"{PathText.Quote(path)} is {Describe(kind)}, no regular file.",
            Found = Describe(kind),
            Allowed = "a regular file",
        });
        return false;
    }

    private bool Dangling(byte[] path, byte[] target, Errno errno)
    {
        AddTo(_fileFindings, new PathFinding
        {
            IsMissing = true,
            Path = PathText.Plain(path),
            Message = $"{PathText.Quote(path)} is a symbolic link to {PathText.Quote(target)}, which leads to nothing ({errno.Describe()}).",
            Found = "a symbolic link that leads to nothing",
            Allowed = "a regular file",
            Errno = errno,
        });
        return false;
    }

    private bool RefuseFinalLink()
    {
        var (path, target) = _finalLink!.Value;
        var word = PathText.ForShell(path);
        AddTo(_fileFindings, new PathFinding
        {
            Path = PathText.Plain(path),
            Message = $"{PathText.Quote(path)} is a symbolic link to {PathText.Quote(target)}; the file itself must be there.",
            Found = "a symbolic link",
            Allowed = "a regular file",
            Remedy = $"Name the file that it leads to, or put a copy there. Run as root: cp --remove-destination \"$(readlink -f {word})\" {word}",
        });
        return false;
    }

    private bool RefuseProcLink(byte[] path)
    {
        AddTo(_fileFindings, new PathFinding
        {
            Path = PathText.Plain(path),
            Message = $"{PathText.Quote(path)} is a link of /proc, which leads elsewhere for each process and elsewhere than it says.",
            Found = "a link of /proc",
            Allowed = "a path outside of /proc",
            Remedy = "Name the file by its real path.",
        });
        return false;
    }

    private static void AddTo(List<PathFinding> findings, PathFinding? finding)
    {
        if (finding is not null)
        {
            findings.Add(finding);
        }
    }

    private static string Describe(FileKind kind) => kind switch
    {
        FileKind.Regular => "a regular file",
        FileKind.Folder => "a folder",
        FileKind.Link => "a symbolic link",
        FileKind.Fifo => "a FIFO",
        FileKind.Socket => "a socket",
        FileKind.CharacterDevice => "a character device",
        FileKind.BlockDevice => "a block device",
        _ => "of an unknown kind",
    };
}
