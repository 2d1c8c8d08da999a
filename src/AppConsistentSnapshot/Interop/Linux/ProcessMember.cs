using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>A process that stems from a script, held by a descriptor: its number may be somebody else's by the time it is signalled.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ProcessMember : IDisposable
{
    private readonly SafeFileHandle _descriptor;

    public ProcessMember(int pid, bool isInGroup, SafeFileHandle descriptor)
    {
        Pid = pid;
        IsInGroup = isInGroup;
        _descriptor = descriptor;
    }

    public int Pid { get; }

    /// <summary>Whether it is in the script's own process group.</summary>
    public bool IsInGroup { get; }

    public PollEntry PollEntry => new((int)_descriptor.DangerousGetHandle());

    public Errno Signal(ProcessSignal signal) => ProcessCalls.Signal(_descriptor, (int)signal);

    public void Dispose() => _descriptor.Dispose();
}
