namespace AppConsistentSnapshot.Tool.Rendering;

/// <summary>Writes an argument so that a shell reads it back as it is.</summary>
internal static class ShellQuote
{
    public static string Quote(string argument) =>
        argument.Length > 0 && !argument.StartsWith('-') && argument.All(IsPlain)
            ? argument
            : $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || "/._-+:,@%=".Contains(character, StringComparison.Ordinal);
}
