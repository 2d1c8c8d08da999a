using System.Globalization;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Tool.Rendering;

/// <summary>Values as a person reads them.</summary>
internal static class Words
{
    /// <summary>A duration with three digits or so, and its unit.</summary>
    public static string Duration(TimeSpan duration)
    {
        var milliseconds = duration.TotalMilliseconds;
        FormattableString text = milliseconds switch
        {
            < 10 => $"{milliseconds:0.00} ms",
            < 100 => $"{milliseconds:0.0} ms",
            < 1000 => $"{milliseconds:0} ms",
            < 60_000 => $"{duration.TotalSeconds:0.0} s",
            < 3_600_000 => $"{(int)duration.TotalMinutes} min {duration.Seconds} s",
            _ => $"{(int)duration.TotalHours} h {duration.Minutes} min",
        };
        return text.ToString(CultureInfo.InvariantCulture);
    }

    public static string Milliseconds(double milliseconds) => Duration(TimeSpan.FromMilliseconds(milliseconds));

    public static string Level(ConsistencyLevel level) => level switch
    {
        ConsistencyLevel.Application => "application-consistent",
        ConsistencyLevel.FileSystem => "file-system-consistent",
        ConsistencyLevel.Crash => "crash-consistent",
        _ => "no snapshot",
    };

    public static string Status(StepStatus status) => status switch
    {
        StepStatus.Succeeded => "succeeded",
        StepStatus.TimedOut => "timed out",
        StepStatus.Skipped => "skipped",
        StepStatus.Cancelled => "cancelled",
        _ => "FAILED",
    };

    /// <summary>What becomes of a mount, in the words of <c>explain</c>.</summary>
    public static string Mount(MountReport mount)
    {
        var (word, because) = mount.Status switch
        {
            MountStatus.Frozen => ("frozen", false),
            MountStatus.FrozenByBackend => ("frozen by the backend's cut", false),
            MountStatus.NotNeeded => ("not frozen", true),
            MountStatus.Skipped => ("skipped", true),
            _ => ("cannot be frozen", true),
        };
        return mount.Reason is null ? word : $"{word}{(because ? " because " : ": ")}{mount.Reason}";
    }

    public static string LeftBehind(LeftBehindKind kind) => kind switch
    {
        LeftBehindKind.FrozenMount => "File system that may still be frozen",
        LeftBehindKind.QuiescedParticipant => "Application that may still be quiesced",
        LeftBehindKind.OrphanSnapshot => "Snapshot that should not be there",
        LeftBehindKind.SuspendedDevice => "Device that is still suspended",
        LeftBehindKind.RunningProcess => "Process that could not be ended",
        _ => kind.ToString(),
    };

    public static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Step(StepName step, string? subject) => subject is null ? $"{step}" : $"{step} {subject}";
}
