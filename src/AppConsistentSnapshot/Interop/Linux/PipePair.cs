using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>The pipes for what a script writes.</summary>
[SupportedOSPlatform("linux")]
internal sealed class PipePair : IDisposable
{
    private readonly SafeFileHandle?[] _ends = new SafeFileHandle?[4];

    public SafeFileHandle OutputReader => _ends[0]!;

    public SafeFileHandle OutputWriter => _ends[1]!;

    public SafeFileHandle ErrorReader => _ends[2]!;

    public SafeFileHandle ErrorWriter => _ends[3]!;

    public Errno Create()
    {
        var errno = ProcessCalls.CreatePipe(out _ends[0], out _ends[1]);
        return errno != Errno.None ? errno : ProcessCalls.CreatePipe(out _ends[2], out _ends[3]);
    }

    /// <summary>Closes our copies of the writing ends: else the pipes would never end.</summary>
    public void CloseWriters()
    {
        OutputWriter.Dispose();
        ErrorWriter.Dispose();
    }

    public void Dispose()
    {
        foreach (var end in _ends)
        {
            end?.Dispose();
        }
    }
}
