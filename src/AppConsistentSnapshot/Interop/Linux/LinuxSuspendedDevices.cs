using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Asks sysfs which device-mapper devices are suspended.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxSuspendedDevices : ISuspendedDevices
{
    private readonly string _sysfs;
    private readonly Func<string, string?> _findNumber;

    public LinuxSuspendedDevices(string sysfs = "/sys", Func<string, string?>? findNumber = null)
    {
        Libc.Require("Looking at device-mapper devices");
        _sysfs = sysfs;
        _findNumber = findNumber ?? DeviceNode.FindNumber;
    }

    public string? Find(string deviceNumber, string source)
    {
        var number = deviceNumber.StartsWith("0:", StringComparison.Ordinal) && source.StartsWith("/dev/", StringComparison.Ordinal)
            ? _findNumber(source)
            : deviceNumber;
        var pending = new Stack<string>();
        if (number is not null && Sysfs.Resolve(Path.Combine(_sysfs, "dev/block", number)) is { } device)
        {
            pending.Push(device);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (pending.TryPop(out var next))
        {
            if (!seen.Add(next))
            {
                continue;
            }

            if (Sysfs.ReadText(Path.Combine(next, "dm/suspended")) == "1")
            {
                return Sysfs.ReadText(Path.Combine(next, "dm/name")) ?? Path.GetFileName(next);
            }

            foreach (var slave in Sysfs.ListResolved(Path.Combine(next, "slaves")))
            {
                pending.Push(slave);
            }
        }

        return null;
    }
}
