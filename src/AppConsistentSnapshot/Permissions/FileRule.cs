namespace AppConsistentSnapshot.Permissions;

/// <summary>What may be granted on a file.</summary>
internal sealed record FileRule
{
    /// <summary>A plan: parameters may hold passwords, so nobody else may even read it.</summary>
    public static FileRule Plan { get; } = new() { ExactMode = 0x180, Forbidden = 0x3f };

    public static FileRule Script { get; } = new() { ExactMode = 0x1c0, Forbidden = 0x3f, IsExecuted = true };

    public static FileRule HostConfiguration { get; } = new() { Forbidden = 0x1b };

    /// <summary>The only twelve mode bits allowed, or null where only <see cref="Forbidden"/> counts.</summary>
    public int? ExactMode { get; private init; }

    /// <summary>The mode bits of group and others that must not be granted, by mode or ACL.</summary>
    public required int Forbidden { get; init; }

    public bool IsExecuted { get; private init; }

    /// <summary>The rights that no ACL entry may grant.</summary>
    public int ForbiddenRights => Forbidden & 7;
}
