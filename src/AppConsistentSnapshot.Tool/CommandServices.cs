using System.Runtime.InteropServices;
using AppConsistentSnapshot.Recovery;
using AppConsistentSnapshot.Tool.Catalog;
using AppConsistentSnapshot.Tool.Rendering;
using Spectre.Console;

namespace AppConsistentSnapshot.Tool;

/// <summary>Everything outside the command that it uses. Tests bring their own.</summary>
internal sealed class CommandServices
{
    /// <summary>Gets where results go.</summary>
    public required IAnsiConsole Output { get; init; }

    /// <summary>Gets where everything else goes.</summary>
    public required IAnsiConsole Error { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required BackendCatalog Backends { get; init; }

    public required Func<SnapshotOptions, SnapshotComponents, ISnapshotOrchestrator> CreateOrchestrator { get; init; }

    public required Func<SnapshotOptions, SnapshotComponents, ISnapshotRecovery> CreateRecovery { get; init; }

    /// <summary>Gets what calls back at each signal that asks the process to end, until it is disposed.</summary>
    public required Func<Action<PosixSignal>, IDisposable> ListenForSignals { get; init; }

    /// <summary>Gets whether the process runs as root.</summary>
    public required bool IsRoot { get; init; }

    /// <summary>The real ones.</summary>
    public static CommandServices OfThisProcess() => new()
    {
        Output = Consoles.ForOutput(),
        Error = Consoles.ForError(),
#pragma warning disable RS0030 // This is the composition root.
        TimeProvider = TimeProvider.System,
#pragma warning restore RS0030
        Backends = StandardBackends.Catalog,
        CreateOrchestrator = SnapshotOrchestratorFactory.Create,
        CreateRecovery = SnapshotRecoveryFactory.Create,
        ListenForSignals = static callback => new ProcessSignals(callback),
        IsRoot = Environment.IsPrivilegedProcess,
    };
}
