using System.Runtime.Versioning;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Tests.Backends;

/// <summary>Real files, until a call is to fail.</summary>
[SupportedOSPlatform("linux")]
internal sealed class FaultyFiles(FaultPlan plan) : IImageFiles
{
    private readonly LinuxImageFiles _real = new();

    public uint EffectiveUser => _real.EffectiveUser;

    public long? FreeBytes { get; set; }

    public Errno Facts(string path, out FileFacts facts)
    {
        facts = default;
        return plan.Fails("stat " + path) ? plan.Answer : _real.Facts(path, out facts);
    }

    public Errno Facts(SafeFileHandle file, out FileFacts facts)
    {
        facts = default;
        return plan.Fails("stat") ? plan.Answer : _real.Facts(file, out facts);
    }

    public Errno Facts(SafeFileHandle folder, string name, out FileFacts facts)
    {
        facts = default;
        return plan.Fails("stat " + name) ? plan.Answer : _real.Facts(folder, name, out facts);
    }

    public Errno OpenFolder(string path, out SafeFileHandle? folder, out string realPath)
    {
        folder = null;
        realPath = path;
        return plan.Fails("open folder") ? plan.Answer : _real.OpenFolder(path, out folder, out realPath);
    }

    public Errno OpenRead(string path, out SafeFileHandle? file)
    {
        file = null;
        return plan.Fails("open " + path) ? plan.Answer : _real.OpenRead(path, out file);
    }

    public Errno OpenRead(SafeFileHandle folder, string name, out SafeFileHandle? file)
    {
        file = null;
        return plan.Fails("open " + name) ? plan.Answer : _real.OpenRead(folder, name, out file);
    }

    public Errno Create(SafeFileHandle folder, string name, out SafeFileHandle? file)
    {
        file = null;
        return plan.Fails("create " + name) ? plan.Answer : _real.Create(folder, name, out file);
    }

    public Errno Rename(SafeFileHandle folder, string from, string to, bool replace) =>
        plan.Fails("rename " + from) ? plan.Answer : _real.Rename(folder, from, to, replace);

    public Errno Remove(SafeFileHandle folder, string name) => plan.Fails("remove " + name) ? plan.Answer : _real.Remove(folder, name);

    public Errno List(SafeFileHandle folder, out IReadOnlyList<string> names)
    {
        names = [];
        return plan.Fails("list") ? plan.Answer : _real.List(folder, out names);
    }

    public Errno FindFreeBytes(SafeFileHandle folder, out long bytes)
    {
        bytes = FreeBytes ?? 0;
        return plan.Fails("statvfs") ? plan.Answer : FreeBytes is null ? _real.FindFreeBytes(folder, out bytes) : Errno.None;
    }
}
