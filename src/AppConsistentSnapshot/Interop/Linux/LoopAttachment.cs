using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop.Linux;

internal sealed class LoopAttachment : ILoopAttachment
{
    private readonly SafeFileHandle _device;

    public LoopAttachment(string device, string deviceNumber, SafeFileHandle handle)
    {
        Device = device;
        DeviceNumber = deviceNumber;
        _device = handle;
    }

    public string Device { get; }

    public string DeviceNumber { get; }

    // LO_FLAGS_AUTOCLEAR: the last close detaches the file, be it this one or that of the mount.
    public void Dispose() => _device.Dispose();
}
