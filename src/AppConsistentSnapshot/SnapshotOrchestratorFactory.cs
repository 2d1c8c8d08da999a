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
        components ??= new SnapshotComponents();
        SnapshotOptionsValidator.Check(options);
#pragma warning disable RS0030 // The composition root names the system's clock.
        var timeProvider = components.TimeProvider ?? TimeProvider.System;
#pragma warning restore RS0030
        var loggers = components.LoggerFactory ?? NullLoggerFactory.Instance;
        return new SnapshotOrchestrator(new RunContextFactory
        {
            Options = options,
            TimeProvider = timeProvider,
            Logger = loggers.CreateLogger<ISnapshotOrchestrator>(),
            PlanLoader = components.PlanLoader!,
            PermissionGuard = components.PermissionGuard!,
            FreezeController = components.FreezeController!,
            HostFacts = components.HostFacts!,
            ScriptParticipants = components.ScriptParticipants!,
        });
    }
}
