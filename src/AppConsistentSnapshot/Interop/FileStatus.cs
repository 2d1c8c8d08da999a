using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Interop;

/// <summary>What statx(2) says about an entry.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">The twelve mode bits: setuid, setgid, sticky and the nine of permission.</param>
/// <param name="Owner">The owner's user id.</param>
/// <param name="Identity">What tells whether it was changed.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileStatus(FileKind Kind, int Mode, uint Owner, FileIdentity Identity);
