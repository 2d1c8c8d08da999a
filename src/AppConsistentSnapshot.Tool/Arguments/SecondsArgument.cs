using System.Globalization;

namespace AppConsistentSnapshot.Tool.Arguments;

/// <summary>Reads a time in seconds.</summary>
internal static class SecondsArgument
{
    /// <summary>Gives the time, or null where the text is no number of seconds that fits.</summary>
    public static TimeSpan? Parse(string value, TimeSpan longest)
    {
        if (!decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            || seconds > (decimal)longest.TotalSeconds)
        {
            return null;
        }

        var ticks = (long)(seconds * TimeSpan.TicksPerSecond);
        return ticks > 0 ? TimeSpan.FromTicks(ticks) : null;
    }
}
