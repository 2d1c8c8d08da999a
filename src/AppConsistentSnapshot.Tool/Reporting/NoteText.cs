using System.Globalization;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Tool.Rendering;

namespace AppConsistentSnapshot.Tool.Reporting;

/// <summary>Notes in words.</summary>
internal static class NoteText
{
    public static string OfStep(SnapshotProgress progress)
    {
        var status = progress.Status ?? StepStatus.Succeeded;
        var duration = status is StepStatus.Skipped ? string.Empty : $" after {Words.Duration(progress.Elapsed)}";
        var message = progress.Message is null ? string.Empty : $": {progress.Message}";
        return $"{Words.Step(progress.Step, progress.Subject)} {Words.Status(status)}{duration}{message}";
    }

    public static string OfLine(TextNote note) => note.Kind switch
    {
        TextKind.Error => $"acsnap: error: {note.Text}",
        TextKind.Note => $"acsnap: {note.Text}",
        _ => note.Text,
    };

    public static IEnumerable<string> OfEnd(EndNote end) => end.Dropped == 0
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"acsnap: {end.Dropped} log lines were dropped, because standard error was not read fast enough")];
}
