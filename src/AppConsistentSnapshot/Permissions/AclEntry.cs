namespace AppConsistentSnapshot.Permissions;

/// <summary>One entry of a POSIX ACL.</summary>
/// <param name="Tag">Whom it is about.</param>
/// <param name="Rights">4 read, 2 write, 1 execute.</param>
/// <param name="Id">The user or group, for the two named kinds.</param>
internal sealed record AclEntry(AclTag Tag, int Rights, uint Id)
{
    public bool IsNamed => Tag is AclTag.User or AclTag.Group;

    /// <summary>As getfacl(1) writes it.</summary>
    public override string ToString()
    {
        var rights = $"{((Rights & 4) != 0 ? 'r' : '-')}{((Rights & 2) != 0 ? 'w' : '-')}{((Rights & 1) != 0 ? 'x' : '-')}";
        return Tag switch
        {
            AclTag.User => $"user:{Id}:{rights}",
            AclTag.Group => $"group:{Id}:{rights}",
            AclTag.UserObject => $"user::{rights}",
            AclTag.GroupObject => $"group::{rights}",
            AclTag.Mask => $"mask::{rights}",
            _ => $"other::{rights}",
        };
    }
}
