using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using AppConsistentSnapshot.Interop.Linux;

namespace AppConsistentSnapshot.Tests.Backends;

/// <summary>Numbers and layouts are those of the machine's own headers.</summary>
[SupportedOSPlatform("linux")]
public sealed class ImageConstantsTests
{
    [Theory]
    [InlineData("FICLONE", LinuxImageContent.CloneRequest)]
    [InlineData("FS_IOC_GETFLAGS", LinuxImageContent.GetFlagsRequest)]
    [InlineData("FS_IOC_SETFLAGS", LinuxImageContent.SetFlagsRequest)]
    [InlineData("BTRFS_IOC_FS_INFO", BtrfsId.InfoRequest)]
    [InlineData("sizeof(struct loop_info64)", 232)]
    [InlineData("sizeof(struct loop_config)", 304)]
    [InlineData("offsetof(struct loop_config, info)", 8)]
    [InlineData("offsetof(struct loop_info64, lo_sizelimit)", 32)]
    [InlineData("offsetof(struct loop_info64, lo_flags)", 52)]
    [InlineData("offsetof(struct statx, stx_mnt_id)", 144)]
    [InlineData("offsetof(struct statx, stx_rdev_major)", 128)]
    [InlineData("offsetof(struct statx, stx_dev_major)", 136)]
    [InlineData("STATX_ATTR_MOUNT_ROOT", 0x2000)]
    public void Request_codes_and_layouts_are_those_of_the_kernel_headers(string expression, uint ours)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/gcc") && File.Exists("/usr/include/linux/btrfs.h"), "needs gcc and the kernel headers");
        var folder = Directory.CreateTempSubdirectory("acs-header-");
        try
        {
            var source = Path.Combine(folder.FullName, "print.c");
            File.WriteAllText(
                source,
                "#include <stdio.h>\n#include <stddef.h>\n#include <sys/ioctl.h>\n#include <linux/fs.h>\n#include <linux/loop.h>\n#include <linux/btrfs.h>\n" +
                $"#include <linux/stat.h>\nint main(void) {{ printf(\"%u\", (unsigned)({expression})); }}\n");
            Run("/usr/bin/gcc", "-o", source + ".out", source);
            Assert.Equal(ours, uint.Parse(Run(source + ".out"), CultureInfo.InvariantCulture));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Structures_have_the_size_of_the_kernels()
    {
        Assert.Equal(232, Unsafe.SizeOf<LoopInfo>());
        Assert.Equal(304, Unsafe.SizeOf<LoopConfiguration>());
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
