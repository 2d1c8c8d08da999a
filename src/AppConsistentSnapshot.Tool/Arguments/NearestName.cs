namespace AppConsistentSnapshot.Tool.Arguments;

/// <summary>Finds what somebody may have meant.</summary>
internal static class NearestName
{
    private const int Farthest = 2;

    /// <summary>Gives <c> (did you mean 'x'?)</c>, or nothing where no name is near.</summary>
    public static string Hint(string value, IEnumerable<string> names)
    {
        var nearest = names
            .Select(name => (Name: name, Distance: Distance(value.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= Farthest && candidate.Distance < candidate.Name.Length)
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
        return nearest is null ? string.Empty : $" (did you mean '{nearest}'?)";
    }

    private static int Distance(string left, string right)
    {
        // No name is that long; the table stays small whatever was typed.
        if (Math.Abs(left.Length - right.Length) > Farthest)
        {
            return int.MaxValue;
        }

        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, 1 + Math.Min(previous[j], current[j - 1]));
            }

            previous = current;
        }

        return previous[right.Length];
    }
}
