using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Tool.Catalog;

/// <summary>What a backend is made from.</summary>
internal sealed class BackendContext
{
    private readonly IReadOnlyDictionary<string, object> _settings;

    public BackendContext(IReadOnlyDictionary<string, object> settings, TimeProvider timeProvider, ILoggerFactory loggerFactory)
    {
        _settings = settings;
        TimeProvider = timeProvider;
        LoggerFactory = loggerFactory;
    }

    public TimeProvider TimeProvider { get; }

    public ILoggerFactory LoggerFactory { get; }

    /// <summary>Gives a setting's value, or null where it was not given.</summary>
    public T? Find<T>(string setting)
        where T : class => _settings.TryGetValue(setting, out var value) ? (T)value : null;

    /// <summary>Gives a setting's value, or null where it was not given.</summary>
    public T? FindValue<T>(string setting)
        where T : struct => _settings.TryGetValue(setting, out var value) ? (T)value : null;

    /// <summary>Gives the value of a setting that the definition requires.</summary>
    public T Get<T>(string setting)
        where T : class => (T)_settings[setting];
}
