using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Calls by which a process protects itself.</summary>
[SupportedOSPlatform("linux")]
internal static partial class SelfCalls
{
    private const nint Ignore = 1;
    private const int CurrentAndFuture = 3;

    public static int ParentId() => getppid();

    /// <summary>Ignores a signal (signal(2)).</summary>
    public static void IgnoreSignal(int number) => _ = signal(number, Ignore);

    /// <summary>Keeps all memory of this process, now and later, from being paged out (mlockall(2)).</summary>
    public static Errno LockMemory() => Libc.Capture(mlockall(CurrentAndFuture));

    public static Errno UnlockMemory() => Libc.Capture(munlockall());

    [LibraryImport("libc")]
    private static partial int getppid();

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint signal(int number, nint handler);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int mlockall(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int munlockall();
}
