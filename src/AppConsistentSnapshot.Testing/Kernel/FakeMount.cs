namespace AppConsistentSnapshot.Testing.Kernel;

/// <summary>A mount of a fake kernel.</summary>
internal sealed record FakeMount(int Id, int ParentId, FakeFileSystem FileSystem, string MountPoint, string Root);
