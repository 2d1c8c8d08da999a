using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;
using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Plans;
using AppConsistentSnapshot.Recovery;
using AppConsistentSnapshot.Scripts;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot;

/// <summary>The composition root: the parts of this machine. Each throws <see cref="PlatformNotSupportedException"/> where it cannot be.</summary>
internal static class RealParts
{
    private const string Library = "AppConsistentSnapshot";

    /// <summary>Says, before anything is made, that this machine will not do.</summary>
    public static void RequireLinux() => LinuxPlatform.Require(Library);

    public static IScriptPlanLoader PlanLoader(ILoggerFactory loggers) =>
        LinuxPlatform.IsSupported
            ? new ScriptPlanLoader(new LinuxConfigurationFile(), loggers.CreateLogger<ScriptPlanLoader>())
            : throw LinuxPlatform.NotSupported(Library);

    public static IPermissionGuard PermissionGuard(SnapshotOptions options, ILoggerFactory loggers) =>
        LinuxPlatform.IsSupported
            ? new PermissionGuard(options, new LinuxFileInspector(), new LinuxMemoryFileFactory(), loggers.CreateLogger<PermissionGuard>())
            : throw LinuxPlatform.NotSupported(Library);

    public static IFreezeController FreezeController(SnapshotOptions options, TimeProvider timeProvider, ILoggerFactory loggers) =>
        Freezing.FreezeController.OfThisMachine(options, timeProvider, loggers);

    /// <summary>Facts about the host, or none where it is not Linux: what runs on fakes needs none.</summary>
    public static IHostFacts HostFacts() => LinuxPlatform.IsSupported ? new LinuxHostFacts() : new UnknownHostFacts();

    public static JournalHome JournalHome() =>
        LinuxPlatform.IsSupported ? new JournalHome(new LinuxJournalFolders(), new LinuxProcessTable()) : throw LinuxPlatform.NotSupported(Library);

    public static IProcessFiles ProcessFiles() =>
        LinuxPlatform.IsSupported ? new LinuxProcessFiles() : throw LinuxPlatform.NotSupported(Library);

    public static IMountThaw MountThaw() =>
        LinuxPlatform.IsSupported
            ? new MountThaw(new LinuxMountSystem(), new LinuxFreezeSystemCalls(), new LinuxSuspendedDevices())
            : throw LinuxPlatform.NotSupported(Library);

    public static ScriptParticipantFactory Scripts(
        SnapshotOptions options, IScriptPlanLoader loader, IPermissionGuard guard, TimeProvider timeProvider, ILoggerFactory loggers) =>
        LinuxPlatform.IsSupported
            ? new ScriptParticipantFactory(new LinuxProcessLauncher(), new LinuxUserAccounts(), loader, guard, options, timeProvider, loggers)
            : throw LinuxPlatform.NotSupported(Library);
}
