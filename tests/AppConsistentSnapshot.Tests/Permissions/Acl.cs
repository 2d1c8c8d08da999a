using System.Buffers.Binary;

namespace AppConsistentSnapshot.Tests.Permissions;

/// <summary>Writes POSIX ACLs as the kernel hands them out.</summary>
internal static class Acl
{
    public const int UserObject = 1;
    public const int User = 2;
    public const int GroupObject = 4;
    public const int Group = 8;
    public const int Mask = 16;
    public const int Other = 32;

    public static byte[] Of(params (int Tag, int Rights, uint Id)[] entries)
    {
        var bytes = new byte[4 + (8 * entries.Length)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, 2);
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = bytes.AsSpan(4 + (8 * i));
            BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)entries[i].Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], (ushort)entries[i].Rights);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], entries[i].Id);
        }

        return bytes;
    }

    /// <summary>One named entry under a mask, with the three that every ACL has.</summary>
    public static byte[] WithMask(int tag, int rights, uint id, int mask, int groupObject = 0) =>
        Of((UserObject, 7, 0), (tag, rights, id), (GroupObject, groupObject, 0), (Mask, mask, 0), (Other, 0, 0));
}
