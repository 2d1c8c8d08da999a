using System.Runtime.InteropServices;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Freezer;

/// <summary>The calls, and the same ones for the rehearsal: made for real, so that they are loaded and compiled, on a descriptor that is none.</summary>
internal sealed class FreezerKernel : IFreezeSystemCalls, IDisposable
{
    private readonly LinuxFreezeSystemCalls _calls = new();
    private readonly SafeFileHandle _nothing = new(-1, ownsHandle: false);
    private RehearsedAnswers? _answers;

    /// <summary>Answers in the kernel's place until it is called with null.</summary>
    public void Rehearse(RehearsedAnswers? answers) => Volatile.Write(ref _answers, answers);

    public Errno Freeze(SafeHandle fileSystem) =>
        Volatile.Read(ref _answers) is { } answers ? answers.Freeze(_calls.Freeze(_nothing)) : _calls.Freeze(fileSystem);

    public Errno Thaw(SafeHandle fileSystem) =>
        Volatile.Read(ref _answers) is not null ? RehearsedAnswers.Thaw(_calls.Thaw(_nothing)) : _calls.Thaw(fileSystem);

    public Errno Flush(SafeHandle fileSystem) => Errno.ENOSYS;

    public void Dispose() => _nothing.Dispose();
}
