using AppConsistentSnapshot.Backends;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Tool.Catalog;

/// <summary>A backend that the command line asks for, with its settings read; not made yet.</summary>
internal sealed class BackendPick
{
    private readonly BackendDefinition _definition;
    private readonly IReadOnlyDictionary<string, object> _settings;

    public BackendPick(BackendDefinition definition, IReadOnlyDictionary<string, object> settings)
    {
        _definition = definition;
        _settings = settings;
    }

    public string Name => _definition.Name;

    public ISnapshotBackend Make(TimeProvider timeProvider, ILoggerFactory loggerFactory)
    {
        var create = _definition.Create ?? throw new InvalidOperationException($"'{Name}' is not in this version and should have been refused.");
        return create(new BackendContext(_settings, timeProvider, loggerFactory));
    }
}
