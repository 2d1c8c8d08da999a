namespace AppConsistentSnapshot.Freezing;

/// <summary>A file system that is open.</summary>
internal sealed record PreparedFileSystem(MountedFileSystem FileSystem, SharedDescriptor Descriptor, int Level);
