using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop.Linux;

/// <inheritdoc cref="IFreezerLauncher"/>
[SupportedOSPlatform("linux")]
#pragma warning disable CA2000 // Each is handed on or disposed; the analyzer does not see it through 'out' and 'finally'.
internal sealed class LinuxFreezerLauncher : IFreezerLauncher
{
    /// <summary>The descriptor of the freezer's end of the conversation.</summary>
    public const int SocketDescriptor = 3;

    /// <summary>The descriptor of the shared page; the file systems follow.</summary>
    public const int PageDescriptor = 4;

    /// <summary>The descriptor of the first file system.</summary>
    public const int FirstFileSystemDescriptor = 5;

    public LinuxFreezerLauncher() => Libc.Require(nameof(LinuxFreezerLauncher));

    public IFreezerLink? Launch(FreezerLaunch launch, out Errno errno)
    {
        errno = SocketCalls.CreatePair(out var own, out var others);
        if (errno != Errno.None)
        {
            return null;
        }

        var page = ProgressPage.Create(launch.FileSystems.Count, out errno);
        try
        {
            using (others)
            {
                var link = page is null ? null : Start(launch, own!, others!, page, out errno);
                own = link is null ? own : null;
                page = link is null ? page : null;
                return link;
            }
        }
        finally
        {
            own?.Dispose();
            page?.Dispose();
        }
    }

    private static LinuxFreezerLink? Start(FreezerLaunch launch, SafeFileHandle own, SafeFileHandle others, ProgressPage page, out Errno errno)
    {
        errno = ProcessCalls.CreatePipe(out var reader, out var writer);
        if (errno != Errno.None)
        {
            return null;
        }

        errno = Spawner.StartWith([others, page.File, .. launch.FileSystems], launch.Path, launch.Arguments, launch.Environment, out var pid);
        var process = errno == Errno.None ? ProcessCalls.OpenProcess(pid, out errno) : null;
        if (process is not null)
        {
            return new LinuxFreezerLink(pid, own, process, (reader!, writer!), page);
        }

        reader!.Dispose();
        writer!.Dispose();
        if (pid != 0)
        {
            // It would notice that nobody is there, but its end would not be noticed.
            _ = ProcessCalls.SignalGroup(pid, (int)ProcessSignal.Kill);
            ProcessCalls.Reap(pid);
        }

        return null;
    }
}
