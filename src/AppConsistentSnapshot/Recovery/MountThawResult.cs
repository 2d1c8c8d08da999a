namespace AppConsistentSnapshot.Recovery;

/// <summary>What became of a mount, and why in words.</summary>
internal sealed record MountThawResult(MountThawStatus Status, string? Reason = null);
