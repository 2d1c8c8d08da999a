namespace AppConsistentSnapshot.Freezing.Process;

/// <summary>The environment of the freezer: nothing of the host's but what its scripts get too, and settings that cannot stand in a file.</summary>
internal static class FreezerEnvironment
{
    public static IReadOnlyList<string> Build() =>
    [
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG=C.UTF-8",
        .. Environment.GetEnvironmentVariable("TZ") is { } zone ? [$"TZ={zone}"] : Array.Empty<string>(),

        // No socket and no pipe in the temp folder, no thread that serves them.
        "DOTNET_EnableDiagnostics=0",

        // Compiled code in one mapping, which needs no further one to be patched.
        "DOTNET_EnableWriteXorExecute=0",
        "DOTNET_TieredCompilation=0",
        "DOTNET_gcConcurrent=0",
        "DOTNET_GCHeapHardLimit=0x6000000",
        "DOTNET_GCgen0size=0x400000",

        // glibc makes an arena for each thread, by mmap, when it first allocates; one that is large from the start is enough here.
        "MALLOC_ARENA_MAX=1",
        "MALLOC_TOP_PAD_=1048576",
    ];
}
