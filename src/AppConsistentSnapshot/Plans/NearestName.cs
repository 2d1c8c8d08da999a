namespace AppConsistentSnapshot.Plans;

/// <summary>Guesses which known name a misspelt one was meant to be.</summary>
internal static class NearestName
{
    private const int LongestCompared = 64;
    private const int ShortestBeginning = 4;

    public static string? Find(string name, IReadOnlyCollection<string> known)
    {
        if (name.Length > LongestCompared || known.Count == 0)
        {
            return null;
        }

        var beginning = name.Length < ShortestBeginning ? null : known.FirstOrDefault(candidate => candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        if (beginning is not null)
        {
            return beginning;
        }

        // A third of the letters wrong is no longer a slip of the same word.
        var nearest = known.Select(candidate => (Name: candidate, Distance: Distance(name, candidate))).MinBy(static pair => pair.Distance);
        return nearest.Distance <= Math.Max(nearest.Name.Length, name.Length) / 3 ? nearest.Name : null;
    }

    // Levenshtein with two rows; upper and lower case count as the same.
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(previous[j - 1] + change, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
