using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Orchestration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AppConsistentSnapshot;

/// <summary>Makes an orchestrator without a container.</summary>
public static class SnapshotOrchestratorFactory
{
    /// <summary>Makes an orchestrator.</summary>
    /// <param name="options">Limits and paths; <see langword="null"/> for the defaults. Later changes to the object have no effect.</param>
    /// <param name="components">Parts to use instead of the real ones.</param>
    /// <exception cref="PlatformNotSupportedException">A part that needs Linux was not replaced, and this is not Linux on x64 or arm64.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not allowed.</exception>
    public static ISnapshotOrchestrator Create(SnapshotOptions? options = null, SnapshotComponents? components = null)
    {
        options = (options ?? new SnapshotOptions()).Copy();
        SnapshotOptionsValidator.Check(options);
        components ??= new SnapshotComponents();
#pragma warning disable RS0030 // The composition root names the system's clock.
        var timeProvider = components.TimeProvider ?? TimeProvider.System;
#pragma warning restore RS0030
#pragma warning disable CA2000 // It holds nothing but what the caller owns.
        var loggers = QuietLoggerFactory.Wrap(components.LoggerFactory ?? NullLoggerFactory.Instance, timeProvider);
#pragma warning restore CA2000
        var loader = components.PlanLoader ?? RealParts.PlanLoader(loggers);
        var guard = components.PermissionGuard ?? RealParts.PermissionGuard(options, loggers);
        var host = components.HostFacts ?? RealParts.HostFacts();
        var home = components.JournalHome ?? (components.IsAllFake ? null : RealParts.JournalHome());
        return new SnapshotOrchestrator(new RunContextFactory
        {
            Options = options,
            TimeProvider = timeProvider,
            Logger = loggers.CreateLogger<ISnapshotOrchestrator>(),
            PlanLoader = loader,
            PermissionGuard = guard,
            FreezeController = components.FreezeController ?? RealParts.FreezeController(options, timeProvider, loggers),
            HostFacts = host,
            Gate = new RunGate(home, options, host.BootId, timeProvider),
            Quiet = loggers.Quiet,
            ProcessFiles = components.ProcessFiles ?? (components.IsAllFake ? null : RealParts.ProcessFiles()),
            ScriptParticipants = components.ScriptParticipants ?? RealParts.Scripts(options, loader, guard, timeProvider, loggers).Create,
        });
    }
}
