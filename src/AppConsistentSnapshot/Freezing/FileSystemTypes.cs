using System.Collections.Frozen;

namespace AppConsistentSnapshot.Freezing;

/// <summary>Which types of file system can be frozen. By the type alone, for asking the file system would touch it.</summary>
internal static class FileSystemTypes
{
    private const string NoFreeze = "the kernel's driver for it has no freeze";
    private const string NoData = "it is an interface of the kernel and holds no data";
    private const string InMemory = "it lives in memory and is gone with the machine; copy what matters from it";

    // Those whose super_operations have freeze_fs or freeze_super (ioctl_fsfreeze in fs/ioctl.c; Linux 5.4 to 6.18).
    private static readonly FrozenSet<string> Freezable = FrozenSet.Create(
        StringComparer.Ordinal,
        "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "jfs", "nilfs2", "reiserfs", "gfs2", "bcachefs");

    private static readonly FrozenSet<string> RemoteTypes = FrozenSet.Create(
        StringComparer.Ordinal,
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "ceph", "9p", "afs", "coda", "lustre", "gpfs", "panfs", "beegfs", "pvfs2", "orangefs",
        "glusterfs", "virtiofs", "vboxsf", "vmhgfs", "prl_fs", "davfs", "autofs", "fuse", "fuseblk");

    private static readonly FrozenDictionary<string, string> UnsupportedTypes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["tmpfs"] = InMemory,
        ["ramfs"] = InMemory,
        ["devtmpfs"] = NoData,
        ["hugetlbfs"] = InMemory,
        ["overlay"] = "it only combines other file systems; name the mount that holds its upper folder instead",
        ["aufs"] = "it only combines other file systems; name the mount that holds its writable branch instead",
        ["ecryptfs"] = "it only encrypts files of another file system; name the mount below it instead",
        ["zfs"] = "ZFS has no freeze; take its snapshots with 'zfs snapshot', which are atomic",
        ["ocfs2"] = NoFreeze,
        ["vfat"] = NoFreeze,
        ["msdos"] = NoFreeze,
        ["exfat"] = NoFreeze,
        ["ntfs"] = NoFreeze,
        ["ntfs3"] = NoFreeze,
        ["hfs"] = NoFreeze,
        ["hfsplus"] = NoFreeze,
        ["udf"] = NoFreeze,
        ["ufs"] = NoFreeze,
        ["minix"] = NoFreeze,
        ["ubifs"] = NoFreeze,
        ["jffs2"] = NoFreeze,
        ["zonefs"] = NoFreeze,
        ["squashfs"] = "it is read-only; there is nothing to freeze",
        ["iso9660"] = "it is read-only; there is nothing to freeze",
        ["erofs"] = "it is read-only; there is nothing to freeze",
        ["cramfs"] = "it is read-only; there is nothing to freeze",
        ["romfs"] = "it is read-only; there is nothing to freeze",
        ["proc"] = NoData,
        ["sysfs"] = NoData,
        ["cgroup"] = NoData,
        ["cgroup2"] = NoData,
        ["devpts"] = NoData,
        ["mqueue"] = NoData,
        ["debugfs"] = NoData,
        ["tracefs"] = NoData,
        ["securityfs"] = NoData,
        ["configfs"] = NoData,
        ["pstore"] = NoData,
        ["bpf"] = NoData,
        ["binfmt_misc"] = NoData,
        ["fusectl"] = NoData,
        ["nsfs"] = NoData,
        ["rpc_pipefs"] = NoData,
        ["nfsd"] = NoData,
        ["selinuxfs"] = NoData,
        ["efivarfs"] = NoData,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a type can be frozen, and why not.</summary>
    public static (Freezability Freezability, string? Reason) Classify(string type)
    {
        if (Freezable.Contains(type))
        {
            return (Freezability.CanFreeze, null);
        }

        // A subtype names the server behind FUSE, such as fuse.sshfs.
        if (RemoteTypes.Contains(type) || type.StartsWith("fuse.", StringComparison.Ordinal))
        {
            return (Freezability.Remote, type switch
            {
                "autofs" => "it mounts other file systems on first use; touching it could start that",
                _ when type.StartsWith("fuse", StringComparison.Ordinal) => $"'{type}' is served by a process, on this machine or another",
                _ => $"'{type}' is held by another machine or by the hypervisor",
            });
        }

        return (Freezability.Unsupported, UnsupportedTypes.TryGetValue(type, out var reason)
            ? $"'{type}' cannot be frozen: {reason}"
            : $"'{type}' is not known to be freezable");
    }
}
