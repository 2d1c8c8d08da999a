using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Interop;

/// <summary>What matters about the mount that an entry lies on.</summary>
/// <param name="NoExec">Nothing on it can be executed.</param>
/// <param name="FuseOwner">Who runs the program behind it, for FUSE: that user decides what it says about owners, modes and content. Null for others.</param>
/// <param name="IsProc">It is procfs, whose links lead elsewhere than they say, and elsewhere for each process.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileSystemFacts(bool NoExec, uint? FuseOwner, bool IsProc);
