using System.Collections;
using System.Globalization;

namespace AppConsistentSnapshot.Diagnostics;

/// <summary>The state of a record that was held back: its own, and <c>At</c>, the time at which it was made.</summary>
internal sealed class HeldState : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] _values;
    private readonly string _message;

    private HeldState(KeyValuePair<string, object?>[] values, string message)
    {
        _values = values;
        _message = message;
    }

    public int Count => _values.Length;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    public static HeldState Of<TState>(TState state, string message, DateTimeOffset at)
    {
        var own = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
        var time = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return new HeldState([new("At", at), .. own], $"[at {time}] {message}");
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)_values).GetEnumerator();

    public override string ToString() => _message;

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
