using AppConsistentSnapshot.Interop;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Tests.Backends;

internal sealed class FakeLoops(FaultPlan plan) : ILoopDevices
{
    private int _next = 7;

    public Dictionary<string, LoopStatus> Attached { get; } = new(StringComparer.Ordinal);

    /// <summary>Every attachment: the device, and whether it was read-only.</summary>
    public List<(string Device, bool ReadOnly, long FileLength)> History { get; } = [];

    public Errno ReadStatus(string device, out LoopStatus status)
    {
        status = default;
        return plan.Fails("loop status") ? plan.Answer : Attached.TryGetValue(device, out status) ? Errno.None : Errno.ENXIO;
    }

    public IReadOnlyList<string> ListAttached() => [.. Attached.Keys];

    public Errno Attach(SafeFileHandle file, LoopGeometry geometry, bool readOnly, out ILoopAttachment? attachment)
    {
        attachment = null;
        if (plan.Fails("attach"))
        {
            return plan.Answer;
        }

        var device = $"/dev/loop{_next}";
        History.Add((device, readOnly, RandomAccess.GetLength(file)));
        Attached[device] = new LoopStatus("0:0", 0, geometry.Offset, geometry.Size);
        attachment = new Attachment(this, device, $"7:{_next++}");
        return Errno.None;
    }

    /// <summary>Detaches at once, as if nothing were mounted; the fake of the mounts keeps its own books.</summary>
    private sealed class Attachment(FakeLoops loops, string device, string number) : ILoopAttachment
    {
        public string Device => device;

        public string DeviceNumber => number;

        public void Dispose() => loops.Attached.Remove(device);
    }
}
