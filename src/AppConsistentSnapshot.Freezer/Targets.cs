using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop.Linux;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Freezer;

/// <summary>The file systems that the host opened and checked.</summary>
internal static class Targets
{
    public static FreezeTarget[] Inherit(int[] levels)
    {
        var targets = new FreezeTarget[levels.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = Make(LinuxFreezerLauncher.FirstFileSystemDescriptor + i, levels[i]);
        }

        return targets;
    }

    /// <summary>Targets that are none, for the rehearsal.</summary>
    public static FreezeTarget[] Imagine(int count)
    {
        var targets = new FreezeTarget[count];
        for (var i = 0; i < count; i++)
        {
            targets[i] = Make(-1, i);
        }

        return targets;
    }

    private static FreezeTarget Make(int descriptor, int level) =>
#pragma warning disable CA2000 // It owns nothing.
        new(new SharedDescriptor(new SafeFileHandle(descriptor, ownsHandle: false)), level);
#pragma warning restore CA2000
}
