using System.Globalization;
using AppConsistentSnapshot.Errors;
using Spectre.Console;

namespace AppConsistentSnapshot.Tool.Rendering;

/// <summary>Errors and warnings: code, message, where, and what to do.</summary>
internal static class ErrorPage
{
    public static void Write(Page page, string heading, Style style, IReadOnlyList<SnapshotError> errors)
    {
        if (errors.Count == 0)
        {
            return;
        }

        page.Line(heading, style);
        foreach (var error in errors)
        {
            Write(page, style, error);
        }
    }

    private static void Write(Page page, Style style, SnapshotError error)
    {
        var subject = error.Subject is null ? string.Empty : $" {error.Subject}";
        page.Line(
            ("  ", Page.Plain),
            (string.Create(CultureInfo.InvariantCulture, $"{error.Code} ({error.Number})"), style),
            ($"{subject}: {error.Message}", Page.Plain));
        if (Place(error) is { } place)
        {
            page.Line($"      {place}", Page.Dim);
        }

        page.Line($"      What to do: {error.RecommendedAction}");
    }

    private static string? Place(SnapshotError error)
    {
        var parts = new List<string>();
        AddIf(parts, error.Path is not null, $"{error.Path}");
        AddIf(parts, error.Line is not null, $"line {error.Line}");
        AddIf(parts, error.Column is not null, $"column {error.Column}");
        AddIf(parts, error.Field is not null, $"field {error.Field}");
        AddIf(parts, error.Found is not null, $"found {error.Found}");
        AddIf(parts, error.Allowed is not null, $"allowed: {error.Allowed}");
        AddIf(parts, error.Errno is not null, $"errno {error.Errno}");
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }

    private static void AddIf(List<string> parts, bool condition, FormattableString text)
    {
        if (condition)
        {
            parts.Add(text.ToString(CultureInfo.InvariantCulture));
        }
    }
}
