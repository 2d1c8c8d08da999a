using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Follows block devices down to files by what sysfs says. What sysfs does not say is left out: it never throws.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxBlockDevices : IBlockDevices
{
    private readonly string _sysfs;
    private readonly Func<string, string?> _findNumber;

    /// <param name="sysfs">Where sysfs is mounted.</param>
    /// <param name="findNumber">Finds the <c>major:minor</c> of a node below <c>/dev</c>.</param>
    public LinuxBlockDevices(string sysfs = "/sys", Func<string, string?>? findNumber = null)
    {
        Libc.Require("Following block devices");
        _sysfs = sysfs;
        _findNumber = findNumber ?? DeviceNode.FindNumber;
    }

    public IReadOnlyList<string> FindBackingFiles(string deviceNumber, string source)
    {
        var files = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>(FindDevices(deviceNumber, source));
        while (pending.TryPop(out var device))
        {
            if (!seen.Add(device))
            {
                continue;
            }

            if (Sysfs.ReadText(Path.Combine(device, "loop/backing_file")) is { Length: > 0 } file)
            {
                files.Add(file);
            }

            foreach (var slave in Sysfs.ListResolved(Path.Combine(device, "slaves")))
            {
                pending.Push(slave);
            }

            if (File.Exists(Path.Combine(device, "partition")) && Path.GetDirectoryName(device) is { } disk)
            {
                pending.Push(disk);
            }
        }

        return files;
    }

    private List<string> FindDevices(string deviceNumber, string source)
    {
        if (!deviceNumber.StartsWith("0:", StringComparison.Ordinal))
        {
            return FindDevice(deviceNumber) is { } device ? [device] : [];
        }

        // Btrfs and bcachefs have a number of their own (major 0). Bcachefs lists its devices in the source, Btrfs in sysfs.
        var devices = new List<string>();
        foreach (var node in source.Split(':'))
        {
            if (node.StartsWith("/dev/", StringComparison.Ordinal) && _findNumber(node) is { } number && FindDevice(number) is { } device)
            {
                devices.Add(device);
            }
        }

        foreach (var fileSystem in Sysfs.List(Path.Combine(_sysfs, "fs/btrfs")))
        {
            var members = Sysfs.ListResolved(Path.Combine(fileSystem, "devices"));
            if (members.Intersect(devices, StringComparer.Ordinal).Any())
            {
                devices.AddRange(members);
                break;
            }
        }

        return devices;
    }

    private string? FindDevice(string number) => Sysfs.Resolve(Path.Combine(_sysfs, "dev/block", number));
}
