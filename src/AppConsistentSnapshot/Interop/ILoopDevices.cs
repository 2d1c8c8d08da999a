using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop;

/// <summary>Loop devices (loop(4)).</summary>
internal interface ILoopDevices
{
    /// <summary>What a loop device is made of; ENXIO where nothing is attached.</summary>
    Errno ReadStatus(string device, out LoopStatus status);

    /// <summary>The loop devices that have a file attached.</summary>
    IReadOnlyList<string> ListAttached();

    /// <summary>Attaches a file to a free loop device, which detaches by itself after its last use.</summary>
    Errno Attach(SafeFileHandle file, LoopGeometry geometry, bool readOnly, out ILoopAttachment? attachment);
}
