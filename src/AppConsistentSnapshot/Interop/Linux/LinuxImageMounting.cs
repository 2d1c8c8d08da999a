using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

[SupportedOSPlatform("linux")]
internal sealed partial class LinuxImageMounting : IImageMounting
{
    // linux/mount.h
    private const uint ReadOnly = 1;
    private const uint NoSetUserId = 2;
    private const uint NoDevices = 4;
    private const int DetachFlag = 2;
    private const int NoFollowFlag = 8;

    public LinuxImageMounting() => Libc.Require("The disk image backend");

    public Errno Mount(string device, string mountPoint, string fileSystemType, string? data)
    {
        if (fileSystemType == "btrfs")
        {
            BtrfsDevices.Forget(device);
        }

        return Libc.Capture(ImageCalls.Mount(device, mountPoint, fileSystemType, ReadOnly | NoSetUserId | NoDevices, data));
    }

    public Errno Unmount(string mountPoint, bool detach) =>
        Libc.Capture(ImageCalls.Unmount(mountPoint, NoFollowFlag | (detach ? DetachFlag : 0)));

    public Errno ReadBtrfsId(string mountPoint, out string id)
    {
        id = "";
        using var folder = Libc.Open(mountPoint, LibC.O_RDONLY | LibC.O_DIRECTORY, out var errno);
        return folder is null ? errno : BtrfsId.Read(folder, out id);
    }

    public IReadOnlyList<string> FindMountPoints(string device)
    {
        // proc(5): the mount point is the fifth field; type, source and options follow a lone hyphen.
        var found = new List<string>();
        foreach (var line in File.ReadLines("/proc/self/mountinfo"))
        {
            var separator = line.IndexOf(" - ", StringComparison.Ordinal);
            var source = separator < 0 ? [] : line[(separator + 3)..].Split(' ');
            if (source.Length > 1 && Unescape(source[1]) == device)
            {
                found.Add(Unescape(line.Split(' ')[4]));
            }
        }

        return found;
    }

    private static string Unescape(string field) =>
        Octal().Replace(field, static match => Encoding.ASCII.GetString([Convert.ToByte(match.Groups["code"].Value, 8)]));

    [GeneratedRegex(@"\\(?<code>[0-7]{3})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Octal();
}
