using System.Buffers.Binary;

namespace AppConsistentSnapshot.Permissions;

/// <summary>A POSIX access ACL, and what it really grants: the mask bounds every entry but those of the owner and of the others (acl(5)).</summary>
internal sealed class AccessControlList
{
    // linux/posix_acl_xattr.h: a version, then eight bytes an entry, little endian on every machine.
    private const uint Version = 2;
    private const int HeaderLength = 4;
    private const int EntryLength = 8;
    private const int AllRights = 7;
    private readonly List<AclEntry> _entries;

    private AccessControlList(List<AclEntry> entries) => _entries = entries;

    /// <summary>Whether it says anything that the mode bits do not say.</summary>
    public bool IsExtended => _entries.Exists(static e => e.IsNamed || e.Tag == AclTag.Mask);

    private int Mask => _entries.Find(static e => e.Tag == AclTag.Mask)?.Rights ?? AllRights;

    /// <summary>Reads the kernel's form; null for what is none. Nothing at all is an empty ACL.</summary>
    public static AccessControlList? TryParse(ReadOnlySpan<byte> bytes)
    {
        var entries = new List<AclEntry>();
        if (bytes.IsEmpty)
        {
            return new AccessControlList(entries);
        }

        if (bytes.Length < HeaderLength
            || (bytes.Length - HeaderLength) % EntryLength != 0
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Version)
        {
            return null;
        }

        for (var rest = bytes[HeaderLength..]; !rest.IsEmpty; rest = rest[EntryLength..])
        {
            var tag = (AclTag)BinaryPrimitives.ReadUInt16LittleEndian(rest);
            var rights = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
            if (!Enum.IsDefined(tag) || tag == AclTag.None || rights > AllRights)
            {
                return null;
            }

            entries.Add(new AclEntry(tag, rights, BinaryPrimitives.ReadUInt32LittleEndian(rest[4..])));
        }

        return new AccessControlList(entries);
    }

    /// <summary>The named entries that really grant somebody else one of some rights, with what is left of them under the mask.</summary>
    /// <param name="rights">The rights that matter.</param>
    /// <param name="isTrusted">Users whose rights do not matter.</param>
    public IReadOnlyList<AclEntry> Grants(int rights, Func<uint, bool> isTrusted) =>
        [.. _entries
            .Where(e => e.IsNamed && !(e.Tag == AclTag.User && isTrusted(e.Id)))
            .Select(e => e with { Rights = e.Rights & Mask })
            .Where(e => (e.Rights & rights) != 0)];

    /// <summary>The nine mode bits that are really granted: with an ACL the group bits of the mode are only its mask.</summary>
    public int EffectiveMode(int mode)
    {
        var group = _entries.Find(static e => e.Tag == AclTag.GroupObject);
        return IsExtended && group is not null ? (mode & ~0x38) | ((group.Rights & Mask) << 3) : mode;
    }
}
