namespace AppConsistentSnapshot.Tool.Catalog;

/// <summary>The backends that the command knows by name.</summary>
internal sealed class BackendCatalog
{
    private readonly Dictionary<string, BackendDefinition> _definitions;

    public BackendCatalog(IEnumerable<BackendDefinition> definitions) =>
        _definitions = definitions.ToDictionary(definition => definition.Name, StringComparer.Ordinal);

    public IEnumerable<BackendDefinition> All => _definitions.Values;

    public IEnumerable<string> Names => _definitions.Keys;

    /// <summary>Gets the names of those that this version can make.</summary>
    public IEnumerable<string> AvailableNames => All.Where(definition => definition.Create is not null).Select(definition => definition.Name);

    public bool Knows(string name) => _definitions.ContainsKey(name);

    public BackendDefinition? Find(string name) => _definitions.GetValueOrDefault(name);
}
