using System.Text;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Scripts;

/// <summary>The environment of a script: the same on every host, whatever the host's own is.</summary>
internal static class ScriptEnvironment
{
    private const string SearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public static IReadOnlyList<string> Build(ScriptRun run, UserAccount account, string? timeZone)
    {
        List<string> environment =
        [
            $"PATH={SearchPath}",
            $"HOME={account.Home}",
            $"USER={account.Name}",
            $"LOGNAME={account.Name}",
            $"SHELL={account.Shell}",
            "LANG=C.UTF-8",
            .. timeZone is null ? Array.Empty<string>() : [$"TZ={timeZone}"],
            .. Marks(run),
            $"ACS_MOUNTS={string.Join('\n', run.Mounts.Select(Escape))}",
        ];
        if (run.Phase == ScriptPhase.Post)
        {
            environment.Add($"ACS_OUTCOME={run.Outcome}");
            environment.Add($"ACS_CONSISTENCY={run.Consistency}");
        }

        if (run.IsRecovery)
        {
            environment.Add("ACS_RECOVERY=1");
        }

        return environment;
    }

    /// <summary>What tells the processes of one script from those of all others: run, phase and plan together.</summary>
    public static IReadOnlyList<string> Marks(ScriptRun run) => Marks(run.Phase, run.RunId, run.Plan);

    /// <inheritdoc cref="Marks(ScriptRun)"/>
    public static IReadOnlyList<string> Marks(ScriptPhase phase, string runId, string plan) =>
        [$"ACS_PHASE={(phase == ScriptPhase.Pre ? "pre" : "post")}", $"ACS_RUN_ID={runId}", $"ACS_PLAN={plan}"];

    /// <summary>Escapes a path as the kernel does in mountinfo, so that one a line is unambiguous.</summary>
    private static string Escape(string path)
    {
        var text = new StringBuilder(path.Length);
        foreach (var character in path)
        {
            _ = character switch
            {
                ' ' => text.Append("\\040"),
                '\t' => text.Append("\\011"),
                '\n' => text.Append("\\012"),
                '\\' => text.Append("\\134"),
                _ => text.Append(character),
            };
        }

        return text.ToString();
    }
}
