using AppConsistentSnapshot.Tool.Catalog;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console.Testing;

namespace AppConsistentSnapshot.Tool.Tests.Support;

/// <summary>The command with everything around it in memory.</summary>
internal sealed class CommandHarness : IDisposable
{
    public CommandHarness()
    {
        Output.Profile.Width = 1000;
        Error.Profile.Width = 1000;
        Output.Profile.Capabilities.Ansi = Error.Profile.Capabilities.Ansi = false;
        Output.Profile.Capabilities.Interactive = Error.Profile.Capabilities.Interactive = false;
        Catalog = new BackendCatalog(
        [
            new BackendDefinition
            {
                Name = "one",
                Description = "one",
                Settings = [BackendSetting.Integer("size", "a size", 1, 100), BackendSetting.Flag("thin", "thin or not")],
                Create = context => Keep("one", context),
            },
            new BackendDefinition
            {
                Name = "boxed",
                Description = "one with a folder",
                Settings = [BackendSetting.Folder("output", "the folder")],
                OutputSetting = "output",
                OutputFromId = id => Path.IsPathRooted(id) ? Path.GetDirectoryName(id) : null,
                Create = context => Keep("boxed", context),
            },
            new BackendDefinition { Name = "later", Description = "not there yet" },
        ]);
    }

    public TestConsole Output { get; } = new();

    public TestConsole Error { get; } = new();

    public FakeOrchestrator Orchestrator { get; } = new();

    public FakeRecovery Recovery { get; } = new();

    public FakeSignals Signals { get; } = new();

    public FakeTimeProvider TimeProvider { get; } = new(DateTimeOffset.UnixEpoch);

    public BackendCatalog Catalog { get; }

    public Dictionary<string, FakeBackend> Made { get; } = new(StringComparer.Ordinal);

    public Action<FakeBackend> WhenMade { get; set; } = _ => { };

    public Func<SnapshotOptions, SnapshotComponents, ISnapshotOrchestrator>? OnCreate { get; set; }

    public SnapshotOptions? Options { get; private set; }

    public SnapshotComponents? Components { get; private set; }

    public bool IsRoot { get; set; } = true;

    public string Out => Output.Output;

    public string Err => Error.Output;

    public SnapshotRequest Request => Assert.Single(Orchestrator.Requests);

    public Task<int> RunAsync(params string[] args) => AcsnapCommand.RunAsync(args, new CommandServices
    {
        Output = Output,
        Error = Error,
        TimeProvider = TimeProvider,
        Backends = Catalog,
        CreateOrchestrator = Create,
        CreateRecovery = (options, components) =>
        {
            (Options, Components) = (options, components);
            return Recovery;
        },
        ListenForSignals = Signals.Listen,
        IsRoot = IsRoot,
    });

    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
        Signals.Dispose();
    }

    private ISnapshotOrchestrator Create(SnapshotOptions options, SnapshotComponents components)
    {
        (Options, Components) = (options, components);
        return OnCreate is null ? Orchestrator : OnCreate(options, components);
    }

    private FakeBackend Keep(string name, BackendContext context)
    {
        var backend = new FakeBackend(name, context);
        Made.Add(name, backend);
        WhenMade(backend);
        return backend;
    }
}
