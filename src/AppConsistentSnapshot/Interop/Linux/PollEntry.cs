using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>struct pollfd of poll(2). A negative descriptor is left out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    public const short Readable = 0x1;

    public PollEntry(int descriptor)
    {
        Descriptor = descriptor;
        Wanted = Readable;
    }

    public int Descriptor;
    public short Wanted;
    public short Found;

    /// <summary>Readable, hung up or broken: in each case a read does not block.</summary>
    public readonly bool IsReady => Found != 0;
}
