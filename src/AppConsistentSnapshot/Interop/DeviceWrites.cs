using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Interop;

/// <summary>The writes that a block device has seen.</summary>
/// <param name="Requests">The number of writes that are done.</param>
/// <param name="Sectors">What they wrote, in units of 512 bytes.</param>
/// <param name="InFlight">The number that are under way.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DeviceWrites(long Requests, long Sectors, long InFlight);
