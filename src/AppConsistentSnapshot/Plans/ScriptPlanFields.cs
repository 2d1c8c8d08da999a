namespace AppConsistentSnapshot.Plans;

/// <summary>Every field of a plan, with its limits.</summary>
internal static class ScriptPlanFields
{
    public const string ExpectedPluginName = "ScriptRunner";
    public const string ContinueBackupOnFailure = "continueBackupOnFailure";
    public const string FsFreezeEnabled = "fsFreezeEnabled";

    public static IReadOnlyList<PlanField> All { get; } =
    [
        new LabelField("pluginName", static (draft, value) => draft.PluginName = value),
        new LocationField("preScriptLocation", static (draft, value) => draft.PreScript = value),
        new LocationField("postScriptLocation", static (draft, value) => draft.PostScript = value),
        new ArgumentsField("preScriptParams", static (draft, value) => draft.PreArguments = value),
        new ArgumentsField("postScriptParams", static (draft, value) => draft.PostArguments = value),
        Retries("preScriptNoOfRetries", static (draft, value) => draft.PreRetries = value),
        Retries("postScriptNoOfRetries", static (draft, value) => draft.PostRetries = value),
        Seconds("timeoutInSeconds", 1800, 30, static (draft, value) => draft.TimeoutSeconds = value),
        new BooleanField(ContinueBackupOnFailure, static (draft, value) => draft.AllowContinue(value)),
        new BooleanField(FsFreezeEnabled, static (draft, value) => draft.AllowFreeze(value)),
        Seconds("ScriptsExecutionPollTimeSeconds", 5, 3, static (draft, value) => draft.ProgressSeconds = value),
    ];

    public static IReadOnlyDictionary<string, PlanField> ByName { get; } = All.ToDictionary(static field => field.Name, StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(static field => field.Name)];

    private static IntegerField Retries(string name, Action<PlanDraft, int> set) => new(
        name, 0, int.MaxValue, $"a whole number from 0 to {int.MaxValue}",
        $"Write how often a failed try is repeated, as a whole number without quotes, such as \"{name}\": 0, or leave the field out for 0.", set);

    private static IntegerField Seconds(string name, int maximum, int usual, Action<PlanDraft, int> set) => new(
        name, 1, maximum, $"a whole number from 1 to {maximum}",
        $"Write a whole number of seconds from 1 to {maximum} without quotes, such as \"{name}\": {usual}, or leave the field out for {usual}.", set);
}
