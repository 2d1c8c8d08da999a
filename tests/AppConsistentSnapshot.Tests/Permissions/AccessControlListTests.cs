using AppConsistentSnapshot.Permissions;
using CsCheck;

namespace AppConsistentSnapshot.Tests.Permissions;

public sealed class AccessControlListTests
{
    [Fact]
    public void No_bytes_make_it_throw() =>
        Gen.OneOf(Gen.Byte.Array[0, 60], Gen.Byte.Array[0, 56].Select(static tail => (byte[])[2, 0, 0, 0, .. tail])).Sample(static bytes =>
        {
            var acl = AccessControlList.TryParse(bytes);
            return acl is null || acl.Grants(7, static _ => false).All(static entry => entry.Rights is > 0 and <= 7);
        });

    [Fact]
    public void The_mask_bounds_named_entries_and_the_owning_group() =>
        Gen.Int[0, 7].Array[3].Sample(static rights =>
        {
            var acl = AccessControlList.TryParse(Acl.WithMask(Acl.User, rights[0], 9, mask: rights[1], groupObject: rights[2]))!;
            return acl.Grants(7, static _ => false).Sum(static entry => entry.Rights) == (rights[0] & rights[1])
                && acl.EffectiveMode(rights[1] << 3) >> 3 == (rights[2] & rights[1]);
        });

    [Fact]
    public void An_ACL_that_says_no_more_than_the_mode_changes_nothing()
    {
        var acl = AccessControlList.TryParse(Acl.Of((Acl.UserObject, 7, 0), (Acl.GroupObject, 5, 0), (Acl.Other, 5, 0)))!;

        Assert.False(acl.IsExtended);
        Assert.Equal(0x1ed, acl.EffectiveMode(0x1ed));
        Assert.Empty(acl.Grants(7, static _ => false));
    }

    [Fact]
    public void Trusted_users_do_not_count_and_groups_with_the_same_number_do()
    {
        var acl = AccessControlList.TryParse(Acl.Of((Acl.User, 7, 0), (Acl.Group, 6, 0), (Acl.Mask, 7, 0)))!;

        Assert.Equal(["group:0:rw-"], acl.Grants(2, static user => user == 0).Select(static entry => entry.ToString()), StringComparer.Ordinal);
    }
}
