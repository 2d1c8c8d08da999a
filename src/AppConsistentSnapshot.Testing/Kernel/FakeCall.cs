using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Testing.Kernel;

/// <summary>A call that a fake kernel answered.</summary>
/// <param name="Operation">freeze, thaw or flush.</param>
/// <param name="MountPoint">The file system, by its first mount point.</param>
/// <param name="Errno">The answer.</param>
internal sealed record FakeCall(string Operation, string MountPoint, Errno Errno);
