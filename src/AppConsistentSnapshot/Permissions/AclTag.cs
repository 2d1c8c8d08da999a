namespace AppConsistentSnapshot.Permissions;

/// <summary>Whom an entry of a POSIX ACL is about; the values are those of linux/posix_acl.h.</summary>
internal enum AclTag
{
    None = 0,
    UserObject = 0x01,
    User = 0x02,
    GroupObject = 0x04,
    Group = 0x08,
    Mask = 0x10,
    Other = 0x20,
}
