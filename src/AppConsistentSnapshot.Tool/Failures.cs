using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Tool.Rendering;
using AppConsistentSnapshot.Tool.Reporting;

namespace AppConsistentSnapshot.Tool;

/// <summary>Exceptions in words.</summary>
internal static class Failures
{
    public static void Say(Exception failure, Reporter reporter, bool isVerbose)
    {
        switch (failure)
        {
            case SnapshotBackendException { Code: var code } known:
                reporter.Error(code is null ? known.Message : $"{code}: {known.Message}");
                reporter.Note($"what to do: {known.RecommendedAction ?? code?.RecommendedAction ?? "see the message; run again with -v for the log"}");
                break;
            case PlatformNotSupportedException:
                reporter.Error($"{failure.Message} Nothing was touched.");
                break;
            default:
                reporter.Error($"unexpected {failure.GetType().Name}: {failure.Message}");
                reporter.Note("what to do: this is a defect; please report it with the output of -v");
                break;
        }

        if (isVerbose)
        {
            foreach (var line in Escape.Lines(failure.ToString()))
            {
                reporter.Log(line, isWarning: false);
            }
        }
    }
}
