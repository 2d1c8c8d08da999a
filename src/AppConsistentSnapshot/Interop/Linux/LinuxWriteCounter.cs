using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Documentation/ABI/stable/sysfs-block: <c>stat</c> and <c>inflight</c>.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxWriteCounter : IWriteCounter
{
    private readonly SafeFileHandle _done;
    private readonly SafeFileHandle _underWay;
    private readonly byte[] _buffer = new byte[512];

    private LinuxWriteCounter(SafeFileHandle done, SafeFileHandle underWay)
    {
        _done = done;
        _underWay = underWay;
    }

    public static LinuxWriteCounter? Open(string deviceFolder)
    {
        var done = Libc.Open(deviceFolder + "/stat", LibC.O_RDONLY, out _);
        var underWay = Libc.Open(deviceFolder + "/inflight", LibC.O_RDONLY, out _);
        if (done is not null && underWay is not null)
        {
            return new LinuxWriteCounter(done, underWay);
        }

        done?.Dispose();
        underWay?.Dispose();
        return null;
    }

    public Errno Read(out DeviceWrites writes)
    {
        writes = default;
        try
        {
            var inFlight = ReadFields(_underWay)[1];
            var fields = ReadFields(_done);
            writes = new DeviceWrites(fields[4], fields[6], inFlight);
            return Errno.None;
        }
        catch (Exception error) when (error is IOException or FormatException or IndexOutOfRangeException)
        {
            return Errno.EIO;
        }
    }

    public void Dispose()
    {
        _done.Dispose();
        _underWay.Dispose();
    }

    private long[] ReadFields(SafeFileHandle file)
    {
        var text = Encoding.ASCII.GetString(_buffer, 0, RandomAccess.Read(file, _buffer, 0));
        return [.. text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(static field => long.Parse(field, CultureInfo.InvariantCulture))];
    }
}
