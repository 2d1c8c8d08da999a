using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Facts about the host, from procfs and sysfs.</summary>
[SupportedOSPlatform("linux")]
internal sealed partial class LinuxHostFacts : IHostFacts
{
    private readonly string _sysfs;
    private readonly string _procfs;

    public LinuxHostFacts(string sysfs = "/sys", string procfs = "/proc")
    {
        Libc.Require("Reading facts about the host");
        _sysfs = sysfs;
        _procfs = procfs;
    }

    public string? BootId => Sysfs.ReadText(Path.Combine(_procfs, "sys/kernel/random/boot_id"))?.Trim() is { Length: > 0 } id ? id : null;

    public string Kernel => Sysfs.ReadText(Path.Combine(_procfs, "sys/kernel/osrelease"))?.Trim() ?? "unknown";

    public string? ReadLink(string path) => new FileInfo(path).LinkTarget;

    public int CountPersistentDisks()
    {
        var devices = Sysfs.List(Path.Combine(_sysfs, "block"));
        var disks = devices.Count(IsPersistentDisk);

        // The paths to one multipath disk are disks of their own in sysfs; the device-mapper device on them tells that they are one.
        foreach (var multipath in devices.Where(device =>
            Read(device, "dm/uuid").StartsWith("mpath-", StringComparison.Ordinal)))
        {
            disks -= Math.Max(0, Sysfs.ListResolved(Path.Combine(multipath, "slaves")).Count(IsPersistentDisk) - 1);
        }

        return disks;
    }

    private static bool IsPersistentDisk(string device) =>
        !VirtualName().IsMatch(Path.GetFileName(device))
        && Read(device, "removable") != "1"
        && Read(device, "hidden") != "1"
        && Read(device, "size") is not ("" or "0")
        && Sysfs.List(Path.Combine(device, "slaves")).Count == 0
        && !IsTemporary(device);

    // A disk that a cloud takes away with the machine. Azure's is known by its place on the bus (second port of the first controller),
    // the others by their model.
    private static bool IsTemporary(string device) =>
        AzureTemporaryDisk().IsMatch(Sysfs.Resolve(device) ?? "") || TemporaryModel().IsMatch(Read(device, "device/model"));

    private static string Read(string device, string attribute) => Sysfs.ReadText(Path.Combine(device, attribute))?.Trim() ?? "";

    // nvme0c0n1 is one path to the namespace nvme0n1; mmcblk0boot0 and the like are areas of the disk mmcblk0.
    [GeneratedRegex(@"^(loop|ram|zram|sr|fd|dm-|md|zd|drbd)\d|^md_|^nvme\d+c\d+n\d+$|^mmcblk\d+(boot|rpmb|gp)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VirtualName();

    [GeneratedRegex(@"/00000000-0001-[^/]+/host|/f8b3781a-1e82-4818-a1c3-63d806ec15bb/host.*/\d+:\d+:\d+:1/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AzureTemporaryDisk();

    [GeneratedRegex(@"^(Microsoft NVMe Direct Disk|Amazon EC2 NVMe Instance Storage|nvme_card\d*$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TemporaryModel();
}
