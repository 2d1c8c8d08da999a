namespace AppConsistentSnapshot.Interop;

/// <summary>All that the disk image backend needs of the kernel.</summary>
internal sealed record ImageKernel(
    IImageFiles Files, IImageContent Content, ILoopDevices Loops, ISourceDevices Devices, IImageMounting Mounts);
