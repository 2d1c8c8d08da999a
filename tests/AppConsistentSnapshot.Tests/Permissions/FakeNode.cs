using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Permissions;

/// <summary>One inode of a <see cref="FakeFileTree"/>.</summary>
internal sealed class FakeNode
{
    public required string Path { get; init; }

    public required ulong Inode { get; init; }

    public required FileKind Kind { get; init; }

    public int Mode { get; set; }

    public uint Owner { get; set; }

    public byte[] Acl { get; set; } = [];

    public byte[] Target { get; set; } = [];

    public byte[] Content { get; set; } = [];

    public ulong? Size { get; set; }

    public FileSystemFacts Facts { get; set; }

    public FileTime Modified { get; set; }

    public FileTime Changed { get; set; }

    public Dictionary<string, FakeNode> Children { get; } = new(StringComparer.Ordinal);
}
