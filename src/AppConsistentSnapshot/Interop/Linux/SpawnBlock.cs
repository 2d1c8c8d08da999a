using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>The attributes and file actions of one posix_spawn(3).</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class SpawnBlock : IDisposable
{
    // glibc's are 336 and 80 bytes, musl's differ, and only libc's own functions look inside. A sigset_t has 128 bytes.
    private const int PartSize = 1024;

    /// <summary>The number of the first descriptor that is not a standard one.</summary>
    public const int FirstInherited = 3;

    private readonly byte* _memory;
    private readonly bool _forceCloseEach;

    public SpawnBlock(bool forceCloseEach)
    {
        _forceCloseEach = forceCloseEach;
        _memory = (byte*)NativeMemory.AllocZeroed(3 * PartSize);
    }

    public void* Attributes => _memory;

    public void* Actions => _memory + PartSize;

    private void* Signals => _memory + (2 * PartSize);

    /// <summary>Own session, nothing blocked, every signal at its default: the runtime ignores SIGPIPE, and a script would inherit that.</summary>
    public int SetAttributes() =>
        First(
            SpawnCalls.InitAttributes(Attributes),
            SpawnCalls.SetFlags(Attributes, SpawnCalls.SetSession | SpawnCalls.SetSignalMask | SpawnCalls.SetSignalDefaults),
            SpawnCalls.EmptySet(Signals),
            SpawnCalls.SetMask(Attributes, Signals),
            SpawnCalls.FillSet(Signals),
            SpawnCalls.SetDefaults(Attributes, Signals));

    /// <summary>Standard input from nowhere, output to the pipes, everything else closed.</summary>
    public int SetActions(SafeFileHandle output, SafeFileHandle error)
    {
        fixed (byte* nowhere = "/dev/null\0"u8)
        {
            var failed = First(
                SpawnCalls.InitActions(Actions),
                SpawnCalls.AddDuplicate(Actions, (int)output.DangerousGetHandle(), 1),
                SpawnCalls.AddDuplicate(Actions, (int)error.DangerousGetHandle(), 2),
                SpawnCalls.AddOpen(Actions, 0, nowhere, 0, 0));
            return failed != 0 ? failed : CloseOthers(FirstInherited);
        }
    }

    /// <summary>Standard input and output from and to nowhere, then what is inherited, everything else closed.</summary>
    /// <param name="inherited">Descriptors whose numbers are above those that they get.</param>
    public int SetActions(IReadOnlyList<SafeFileHandle> inherited)
    {
        const int ReadAndWrite = 2;
        fixed (byte* nowhere = "/dev/null\0"u8)
        {
            var failed = SpawnCalls.InitActions(Actions);
            for (var standard = 0; standard < FirstInherited && failed == 0; standard++)
            {
                failed = SpawnCalls.AddOpen(Actions, standard, nowhere, ReadAndWrite, 0);
            }

            for (var index = 0; index < inherited.Count && failed == 0; index++)
            {
                failed = SpawnCalls.AddDuplicate(Actions, (int)inherited[index].DangerousGetHandle(), FirstInherited + index);
            }

            return failed != 0 ? failed : CloseOthers(FirstInherited + inherited.Count);
        }
    }

    public void Dispose()
    {
        _ = SpawnCalls.DestroyAttributes(Attributes);
        _ = SpawnCalls.DestroyActions(Actions);
        NativeMemory.Free(_memory);
    }

    private static int First(params ReadOnlySpan<int> results)
    {
        foreach (var result in results)
        {
            if (result != 0)
            {
                return result;
            }
        }

        return 0;
    }

    private int CloseOthers(int first)
    {
        if (SpawnCalls.HasCloseFrom && !_forceCloseEach)
        {
            return SpawnCalls.AddCloseFrom(Actions, first);
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            // Closing what is gone by then is no error to posix_spawn; a descriptor opened later by another thread is missed.
            if (int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var fd) && fd >= first && SpawnCalls.AddClose(Actions, fd) is var result and not 0)
            {
                return result;
            }
        }

        return 0;
    }
}
