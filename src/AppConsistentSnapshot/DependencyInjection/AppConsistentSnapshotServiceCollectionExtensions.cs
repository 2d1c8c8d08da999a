using AppConsistentSnapshot;
using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Participants;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Plans;
using AppConsistentSnapshot.Recovery;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the snapshot workflow.</summary>
public static class AppConsistentSnapshotServiceCollectionExtensions
{
    /// <summary>Registers <see cref="ISnapshotOrchestrator"/>, <see cref="ISnapshotRecovery"/> and their parts. What is registered already wins, so that tests can bring fakes.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options; they are validated when the host starts.</param>
    /// <returns>The services.</returns>
    /// <exception cref="PlatformNotSupportedException">
    /// This is not Linux on x64 or arm64, and not every part that needs it was replaced: <see cref="IScriptPlanLoader"/>,
    /// <see cref="IPermissionGuard"/>, <see cref="IFreezeController"/> and <see cref="SnapshotComponents.ScriptParticipants"/> (registered as a service).
    /// </exception>
    public static IServiceCollection AddAppConsistentSnapshot(this IServiceCollection services, Action<SnapshotOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        RequireLinuxForWhatIsMissing(services);
        var options = services.AddOptionsWithValidateOnStart<SnapshotOptions, SnapshotOptionsValidator>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

#pragma warning disable RS0030 // The composition root names the system's clock.
        services.TryAddSingleton(TimeProvider.System);
#pragma warning restore RS0030
        services.TryAddSingleton(static provider => RealParts.PlanLoader(Loggers(provider)));
        services.TryAddSingleton(static provider => RealParts.PermissionGuard(Options(provider), Loggers(provider)));
        services.TryAddSingleton(static provider => RealParts.FreezeController(Options(provider), provider.GetRequiredService<TimeProvider>(), Loggers(provider)));
        services.TryAddSingleton(static provider => QuietLoggerFactory.Wrap(
            provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(static provider => SnapshotOrchestratorFactory.Create(Options(provider), Components(provider)));
        services.TryAddSingleton(static provider => SnapshotRecoveryFactory.Create(Options(provider), Components(provider)));
        return services;
    }

    private static SnapshotComponents Components(IServiceProvider provider) => new()
    {
        PlanLoader = provider.GetRequiredService<IScriptPlanLoader>(),
        PermissionGuard = provider.GetRequiredService<IPermissionGuard>(),
        FreezeController = provider.GetRequiredService<IFreezeController>(),
        ScriptParticipants = provider.GetService<Func<VerifiedPlan, IApplicationParticipant>>(),
        LoggerFactory = Loggers(provider),
        TimeProvider = provider.GetRequiredService<TimeProvider>(),
    };

    private static void RequireLinuxForWhatIsMissing(IServiceCollection services)
    {
        Type[] parts = [typeof(IScriptPlanLoader), typeof(IPermissionGuard), typeof(IFreezeController), typeof(Func<VerifiedPlan, IApplicationParticipant>)];
        if (!Array.TrueForAll(parts, part => services.Any(service => service.ServiceType == part)))
        {
            RealParts.RequireLinux();
        }
    }

    private static SnapshotOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<SnapshotOptions>>().Value;

    /// <summary>One for all parts: what one of them logs during the freeze of another is held back too.</summary>
    private static QuietLoggerFactory Loggers(IServiceProvider provider) => provider.GetRequiredService<QuietLoggerFactory>();
}
