using System.Globalization;
using System.Runtime.InteropServices;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Permissions;

/// <summary>The rules for one opened entry: who owns it, and what mode and ACL grant.</summary>
internal sealed class EntryCheck
{
    private const int WriteByOthers = 0x12;
    private const int Write = 2;
    private const int Sticky = 0x200;
    private readonly IFileInspector _inspector;
    private readonly uint _owner;

    public EntryCheck(IFileInspector inspector, int owner)
    {
        _inspector = inspector;
        _owner = (uint)owner;
    }

    private string OwnerWord => _owner == 0 ? "root" : _owner.ToString(CultureInfo.InvariantCulture);

    /// <summary>A folder on the way: who can write it can put something else in place, unless it is sticky (then the entry's own owner decides).</summary>
    public PathFinding? CheckFolder(SafeHandle folder, FileStatus status, byte[] path)
    {
        var acl = ReadAcl(folder, path, out var failure);
        if (acl is null)
        {
            return failure;
        }

        var grants = acl.Grants(Write, IsTrusted);
        var isOpen = (status.Mode & Sticky) == 0 && (grants.Count > 0 || (acl.EffectiveMode(status.Mode) & WriteByOthers) != 0);
        if (IsTrusted(status.Owner) && !isOpen)
        {
            return null;
        }

        var mending = new Mending(path);
        mending.Add(!IsTrusted(status.Owner), $"chown {OwnerWord}");
        mending.Add(isOpen && acl.IsExtended, "setfacl -b");
        mending.Add(isOpen, "chmod go-w");
        var found = Describe(status, grants);
        return new PathFinding
        {
            Path = PathText.Plain(path),
            Message = $"the folder {PathText.Quote(path)} has {found}; whoever may write it can put another file in place.",
            Found = found,
            Allowed = $"owner {Owners()}, not writable by group or others unless sticky",
            Remedy = mending.ToString(),
        };
    }

    /// <summary>A link on the way. Its mode means nothing, and it has no ACL.</summary>
    public PathFinding? CheckLink(FileStatus status, byte[] path)
    {
        if (IsTrusted(status.Owner))
        {
            return null;
        }

        var mending = new Mending(path);
        mending.Add(true, $"chown -h {OwnerWord}");
        return new PathFinding
        {
            Path = PathText.Plain(path),
            Message = $"the symbolic link {PathText.Quote(path)} on the way has owner {status.Owner}, who can let it lead elsewhere.",
            Found = $"owner {status.Owner}",
            Allowed = $"owner {Owners()}",
            Remedy = mending.ToString(),
        };
    }

    /// <summary>The file itself.</summary>
    public PathFinding? CheckFile(SafeHandle file, FileStatus status, byte[] path, FileRule rule)
    {
        var acl = ReadAcl(file, path, out var failure);
        if (acl is null)
        {
            return failure;
        }

        var grants = acl.Grants(rule.ForbiddenRights, IsTrusted);
        var wrongMode = rule.ExactMode is { } exact ? status.Mode != exact : (acl.EffectiveMode(status.Mode) & rule.Forbidden) != 0;
        var wrongOwner = status.Owner != _owner;
        if (!wrongOwner && !wrongMode && grants.Count == 0)
        {
            return null;
        }

        var mending = new Mending(path);
        mending.Add(wrongOwner, $"chown {OwnerWord}");
        mending.Add(acl.IsExtended && (wrongMode || grants.Count > 0), "setfacl -b");

        // Also after a chown, which clears setuid and setgid only sometimes, and a setfacl -b, which turns the mask back into the group's bits.
        mending.Add(true, rule.ExactMode is { } mode ? $"chmod {Octal(mode)}" : "chmod go-wx");
        var found = Describe(status, grants);
        var allowed = $"owner {_owner}, {(rule.ExactMode is { } only ? $"mode {Octal(only)}" : "not writable or executable by group or others")}, no ACL that grants others more";
        return new PathFinding
        {
            Path = PathText.Plain(path),
            Message = $"{PathText.Quote(path)} has {found}; allowed is {allowed}.",
            Found = found,
            Allowed = allowed,
            Remedy = mending.ToString(),
        };
    }

    /// <summary>What the file system itself makes impossible or worthless.</summary>
    public PathFinding? CheckFileSystem(SafeHandle entry, byte[] path, bool isExecuted)
    {
        var errno = _inspector.StatFileSystem(entry, out var facts);
        if (errno != Errno.None)
        {
            return Failure(path, "the file system", errno);
        }

        if (facts.FuseOwner is { } owner && !IsTrusted(owner))
        {
            return new PathFinding
            {
                Path = PathText.Plain(path),
                Message = $"{PathText.Quote(path)} lies on a FUSE file system that uid {owner} runs; whatever that says about owner, mode and content is worth nothing.",
                Found = $"FUSE, user_id={owner}",
                Allowed = "a file system that root mounted",
                Remedy = "Put the file on a file system that root mounted.",
            };
        }

        return !isExecuted || !facts.NoExec ? null : new PathFinding
        {
            Path = PathText.Plain(path),
            Message = $"{PathText.Quote(path)} lies on a file system that is mounted noexec: the kernel executes nothing there, not even for root.",
            Found = "noexec",
            Allowed = "exec",
            Remedy = $"Put the script elsewhere, or run as root: mount -o remount,exec \"$(findmnt -n -o TARGET -T {PathText.ForShell(path)})\"",
        };
    }

    /// <summary>Something could not be looked at, and what cannot be seen is not trusted.</summary>
    public static PathFinding Failure(byte[] path, string what, Errno errno) => new()
    {
        Path = PathText.Plain(path),
        Message = $"{what} of {PathText.Quote(path)} could not be read ({errno.Describe()}), so that nobody knows who can touch it.",
        Remedy = "Run as root; else see what the kernel's answer means for this file system.",
        Errno = errno,
    };

    public bool IsTrusted(uint user) => user == 0 || user == _owner;

    private static string Octal(int mode) => Convert.ToString(mode, 8).PadLeft(4, '0');

    private static string Describe(FileStatus status, IReadOnlyList<AclEntry> grants) =>
        $"owner {status.Owner}, mode {Octal(status.Mode)}{(grants.Count == 0 ? "" : $", ACL {string.Join(' ', grants)}")}";

    private string Owners() => _owner == 0 ? "0" : $"0 or {_owner}";

    private AccessControlList? ReadAcl(SafeHandle entry, byte[] path, out PathFinding? failure)
    {
        var errno = _inspector.ReadAccessAcl(entry, out var bytes);
        var acl = errno == Errno.None ? AccessControlList.TryParse(bytes) : null;
        failure = acl is null ? Failure(path, "the ACL", errno == Errno.None ? Errno.EINVAL : errno) : null;
        return acl;
    }
}
