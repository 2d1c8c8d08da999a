using System.Globalization;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

[SupportedOSPlatform("linux")]
internal sealed unsafe class LinuxLoopDevices : ILoopDevices
{
    // linux/loop.h
    private const uint SetFile = 0x4C00;
    private const uint ClearFile = 0x4C01;
    private const uint SetStatus = 0x4C04;
    private const uint GetStatus = 0x4C05;
    private const uint SetBlockSize = 0x4C09;
    private const uint Configure = 0x4C0A;
    private const uint GetFree = 0x4C82;

    // Others look for free devices too: one that was free is taken a moment later.
    private const int Tries = 64;
    private readonly bool _configureAtOnce;

    /// <param name="configureAtOnce">Whether LOOP_CONFIGURE (Linux 5.8) is tried.</param>
    public LinuxLoopDevices(bool configureAtOnce = true)
    {
        Libc.Require("The disk image backend");
        _configureAtOnce = configureAtOnce;
    }

    public Errno ReadStatus(string device, out LoopStatus status)
    {
        status = default;
        using var handle = Libc.Open(device, LibC.O_RDONLY, out var errno);
        if (handle is null)
        {
            return errno;
        }

        LoopInfo info;
        errno = Control(handle, GetStatus, (nint)(&info));
        if (errno == Errno.None)
        {
            status = new LoopStatus(info.DeviceNumber, info.Inode, (long)info.Offset, (long)info.SizeLimit);
        }

        return errno;
    }

    public IReadOnlyList<string> ListAttached()
    {
        try
        {
            return [.. Directory.GetDirectories("/sys/block", "loop*")
                .Where(static folder => File.Exists(folder + "/loop/backing_file"))
                .Select(static folder => "/dev/" + Path.GetFileName(folder))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    public Errno Attach(SafeFileHandle file, LoopGeometry geometry, bool readOnly, out ILoopAttachment? attachment)
    {
        attachment = null;
        using var control = Libc.Open("/dev/loop-control", LibC.O_RDWR, out var errno);
        for (var attempt = 0; control is not null && attempt < Tries; attempt++)
        {
            var number = Libc.With(control, static fd => ImageCalls.Control(fd, GetFree, 0));
            errno = Libc.Capture(number);
            if (errno != Errno.None)
            {
                return errno;
            }

            errno = AttachTo(string.Create(CultureInfo.InvariantCulture, $"/dev/loop{number}"), file, geometry, readOnly, out attachment);
            if (errno != Errno.EBUSY)
            {
                return errno;
            }
        }

        return errno;
    }

    private Errno AttachTo(string device, SafeFileHandle file, LoopGeometry geometry, bool readOnly, out ILoopAttachment? attachment)
    {
        attachment = null;
        SafeFileHandle? handle = null;
        try
        {
            handle = Libc.Open(device, readOnly ? LibC.O_RDONLY : LibC.O_RDWR, out var errno);
            if (handle is null)
            {
                return errno;
            }

            errno = Libc.With(file, fd => Bind(handle, fd, geometry, readOnly));
            if (errno == Errno.None)
            {
                attachment = new LoopAttachment(device, FindNumber(device), handle);
                handle = null;
            }

            return errno;
        }
        finally
        {
            handle?.Dispose();
        }
    }

    private Errno Bind(SafeFileHandle device, int file, LoopGeometry geometry, bool readOnly)
    {
        var configuration = new LoopConfiguration
        {
            File = (uint)file,
            BlockSize = (uint)geometry.LogicalBlockSize,
            Info = new LoopInfo
            {
                Offset = (ulong)geometry.Offset,
                SizeLimit = (ulong)geometry.Size,
                Flags = LoopInfo.AutoClearFlag | (readOnly ? LoopInfo.ReadOnlyFlag : 0),
            },
        };
        var errno = _configureAtOnce ? Control(device, Configure, (nint)(&configuration)) : Errno.EINVAL;
        return errno is Errno.EINVAL or Errno.ENOTTY ? BindInSteps(device, file, configuration) : errno;
    }

    /// <summary>As it was before Linux 5.8. The device is read-only because it was opened so.</summary>
    private static Errno BindInSteps(SafeFileHandle device, int file, LoopConfiguration configuration)
    {
        var errno = Control(device, SetFile, file);
        if (errno != Errno.None)
        {
            return errno;
        }

        errno = Control(device, SetBlockSize, (nint)configuration.BlockSize);
        for (var attempt = 0; errno is Errno.None or Errno.EAGAIN && attempt < Tries; attempt++)
        {
            // EAGAIN: the device has pages of what it showed before (loop.c, loop_set_status).
            errno = Control(device, SetStatus, (nint)(&configuration.Info));
            if (errno == Errno.None)
            {
                return errno;
            }
        }

        _ = Control(device, ClearFile, 0);
        return errno;
    }

    private static Errno Control(SafeFileHandle device, uint request, nint argument) =>
        Libc.With(device, fd => Libc.Retry(() => Libc.Capture(ImageCalls.Control(fd, request, argument))));

    private static string FindNumber(string device)
    {
        try
        {
            return File.ReadAllText($"/sys/block/{Path.GetFileName(device)}/dev").Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
