using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Interop;

/// <summary>The three calls that stop and start writes. Each may block for as long as the kernel likes; no signal ends it.</summary>
internal interface IFreezeSystemCalls
{
    /// <summary>FIFREEZE: writes are held once it returns.</summary>
    Errno Freeze(SafeHandle fileSystem);

    /// <summary>FITHAW: writes go on.</summary>
    Errno Thaw(SafeHandle fileSystem);

    /// <summary>syncfs(2): dirty pages are written out.</summary>
    Errno Flush(SafeHandle fileSystem);
}
