using System.Globalization;
using System.Runtime.Versioning;
using AppConsistentSnapshot.IntegrationTests.Support;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;

namespace AppConsistentSnapshot.IntegrationTests.Freezing;

/// <summary>Our numbers against those of the machine's own headers.</summary>
[SupportedOSPlatform("linux")]
public sealed class KernelHeaderTests
{
    [Theory]
    [InlineData("FIFREEZE", LinuxFreezeSystemCalls.FreezeRequest)]
    [InlineData("FITHAW", LinuxFreezeSystemCalls.ThawRequest)]
    [InlineData("EBUSY", (int)Errno.EBUSY)]
    [InlineData("EINVAL", (int)Errno.EINVAL)]
    [InlineData("ENOTTY", (int)Errno.ENOTTY)]
    [InlineData("EOPNOTSUPP", (int)Errno.EOPNOTSUPP)]
    public void Numbers_are_those_of_the_kernel_headers(string name, int ours)
    {
        Requires.Tool("gcc");
        Assert.SkipUnless(File.Exists("/usr/include/linux/fs.h"), "needs the kernel headers");
        var folder = Directory.CreateTempSubdirectory("acs-headers-").FullName;
        try
        {
            var source = Path.Combine(folder, "print.c");
            var program = Path.Combine(folder, "print");
            File.WriteAllText(source, $"#include <errno.h>\n#include <stdio.h>\n#include <sys/ioctl.h>\n#include <linux/fs.h>\nint main(void) {{ printf(\"%x\", (unsigned)({name})); return 0; }}\n");
            Shell.Run("gcc", "-o", program, source);

            Assert.Equal(unchecked((uint)ours).ToString("x", CultureInfo.InvariantCulture), Shell.Run(program));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
