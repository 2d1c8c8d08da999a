using System.Runtime.InteropServices;

namespace AppConsistentSnapshot.IntegrationTests.Scripts;

/// <summary>What a host may do with its own process, and .NET does not offer.</summary>
internal static partial class Native
{
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    public static partial int Duplicate(int descriptor, int command, nint minimum);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "sigaction")]
    public static unsafe partial int SetAction(int signal, void* action, void* previous);
}
