using AppConsistentSnapshot.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AppConsistentSnapshot.Recovery;

/// <summary>Makes a recovery without a container.</summary>
public static class SnapshotRecoveryFactory
{
    /// <summary>Makes a recovery.</summary>
    /// <param name="options">Limits and paths, the same as those of the runs; <see langword="null"/> for the defaults. Later changes to the object have no effect.</param>
    /// <param name="components">Parts to use instead of the real ones.</param>
    /// <exception cref="PlatformNotSupportedException">A part that needs Linux was not replaced, and this is not Linux on x64 or arm64.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not allowed.</exception>
    public static ISnapshotRecovery Create(SnapshotOptions? options = null, SnapshotComponents? components = null)
    {
        options = (options ?? new SnapshotOptions()).Copy();
        SnapshotOptionsValidator.Check(options);
        components ??= new SnapshotComponents();
#pragma warning disable RS0030 // The composition root names the system's clock.
        var timeProvider = components.TimeProvider ?? TimeProvider.System;
#pragma warning restore RS0030
        if (components is { IsAllFake: true, JournalHome: null })
        {
            return new NoRecovery(timeProvider);
        }

#pragma warning disable CA2000 // It holds nothing but what the caller owns.
        var loggers = QuietLoggerFactory.Wrap(components.LoggerFactory ?? NullLoggerFactory.Instance, timeProvider);
#pragma warning restore CA2000
        var host = components.HostFacts ?? RealParts.HostFacts();
        return new SnapshotRecovery(new RecoveryParts
        {
            Options = options,
            Home = components.JournalHome ?? RealParts.JournalHome(),
            BootId = host.BootId,
            Thaw = components.MountThaw ?? RealParts.MountThaw(),
            Scripts = components.ScriptParticipants is null ? Scripts(options, components, timeProvider, loggers) : null,
            Quiet = loggers.Quiet,
            TimeProvider = timeProvider,
            Logger = loggers.CreateLogger<ISnapshotRecovery>(),
        });
    }

    private static Scripts.ScriptRecovery Scripts(
        SnapshotOptions options, SnapshotComponents components, TimeProvider timeProvider, QuietLoggerFactory loggers) =>
        RealParts.Scripts(
            options,
            components.PlanLoader ?? RealParts.PlanLoader(loggers),
            components.PermissionGuard ?? RealParts.PermissionGuard(options, loggers),
            timeProvider,
            loggers).Recovery;
}
