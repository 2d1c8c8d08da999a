namespace AppConsistentSnapshot.Tool.Rendering;

/// <summary>The JSON of <c>mount</c>.</summary>
/// <param name="Id">The snapshot's id.</param>
/// <param name="Backend">The backend's name.</param>
/// <param name="MountPoint">Where its content can be read.</param>
/// <param name="Device">The block device, where there is one.</param>
/// <param name="Unmount">The command that takes the mount away again.</param>
internal sealed record MountedSnapshot(string Id, string Backend, string MountPoint, string? Device, string Unmount);
