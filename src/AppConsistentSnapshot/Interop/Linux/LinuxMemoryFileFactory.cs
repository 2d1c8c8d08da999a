using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

/// <inheritdoc cref="IMemoryFileFactory"/>
[SupportedOSPlatform("linux")]
internal sealed unsafe class LinuxMemoryFileFactory : IMemoryFileFactory
{
    // linux/memfd.h, since Linux 6.3. With vm.memfd_noexec=1 a memfd is executable only by this flag, with 2 it is refused.
    private const uint ForExecution = 0x10;

    public LinuxMemoryFileFactory() => Libc.Require("A file in memory");

    public IMemoryFile? Create(string name, out Errno errno)
    {
        var flags = (uint)(LibC.MFD_CLOEXEC | LibC.MFD_ALLOW_SEALING);
        fixed (byte* pointer = Encoding.UTF8.GetBytes(name + '\0'))
        {
            var fd = FileCalls.MemfdCreate(pointer, flags | ForExecution);
            errno = Libc.Capture(fd);
            if (errno == Errno.EINVAL)
            {
                fd = FileCalls.MemfdCreate(pointer, flags);
                errno = Libc.Capture(fd);
            }

            return fd < 0 ? null : new LinuxMemoryFile(new SafeFileHandle(fd, ownsHandle: true));
        }
    }
}
