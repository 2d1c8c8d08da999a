using System.Globalization;
using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;

namespace AppConsistentSnapshot.Freezer;

/// <summary>Prepares everything, says so, and serves one host.</summary>
internal static class FreezerMain
{
    private const int Usage = 2;
    private const int HostIsGone = 3;

    public static int Run(string[] arguments)
    {
        if (!LinuxPlatform.IsSupported || !TryParse(arguments, out var host, out var levels))
        {
            Console.Error.WriteLine("acs-freezer is started by the library AppConsistentSnapshot, and by nobody else.");
            return Usage;
        }

        SelfProtection.IgnoreSignals();
        using var pulse = new ProcessPulse(host);

        // Asked after the pulse was opened: from here on it is that of the very process that started this one.
        if (SelfProtection.ParentId() != host)
        {
            return HostIsGone;
        }

        var protection = new SelfProtection();
        var weakness = protection.LeaveCgroup() | protection.ShunOomKiller() | (pulse.IsWorking ? FreezerWeakness.None : FreezerWeakness.BlindToBlockedHosts);
        using var line = HostLine.Inherit(levels.Length);
        using var kernel = new FreezerKernel();
        Rehearsal.Run(kernel, pulse);
        var loop = new FreezerLoop(line, pulse, kernel, Targets.Inherit(levels));
        weakness |= SelfProtection.ReserveMemory() | SelfProtection.LockMemory();
        loop.Serve(weakness);
        protection.Relax();
#pragma warning disable RS0030 // The composition root names the system's clock.
        var recovery = new HostRecovery(new NoRecoveryJournal(), TimeProvider.System, protection.HostCgroup, host);
#pragma warning restore RS0030
        recovery.RunAsync(loop.Owed()).GetAwaiter().GetResult();
        loop.WaitUntilSettled();
        protection.ReturnToCgroup();
        return 0;
    }

    private static bool TryParse(string[] arguments, out int host, out int[] levels)
    {
        host = 0;
        levels = [];
        if (arguments.Length < 2 || arguments[0] != FreezerProtocol.Version.ToString(CultureInfo.InvariantCulture)
            || !int.TryParse(arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out host))
        {
            return false;
        }

        levels = new int[arguments.Length - 2];
        for (var i = 0; i < levels.Length; i++)
        {
            if (!int.TryParse(arguments[i + 2], NumberStyles.None, CultureInfo.InvariantCulture, out levels[i]))
            {
                return false;
            }
        }

        return true;
    }
}
