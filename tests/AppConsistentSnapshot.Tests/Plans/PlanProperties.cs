using System.Text;
using System.Text.Json;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Plans;
using CsCheck;

namespace AppConsistentSnapshot.Tests.Plans;

/// <summary>Whatever the bytes are: nothing but a result comes out, the same each time, and each error is complete.</summary>
public sealed class PlanProperties
{
    private const string Characters = "{}[]\",:0123456789.-+eE \n\t\\/*'#tfnaulrseu\u00E4\u2028";

    private static readonly Gen<string> Words = Gen.OneOf(
        Gen.OneOf([.. ScriptPlanFields.Names, "appName", "preScriptlocation", "note", ""]),
        Gen.String[Gen.Char[Characters], 0, 8]);

    private static readonly Gen<string> Scalars = Gen.OneOf(
        Gen.OneOf("true", "false", "null", "0", "1", "-0", "1800", "1801", "30.0", "3e1", "99999999999999999999", "\"/s.sh\"", "\"\"", "\"\\ud800\"", "\"a\\u0000\"", "FALSE"),
        Words.Select(static word => JsonSerializer.Serialize(word, PlanPropertiesJson.Default.String)));

    private static readonly Gen<string> Values = Gen.Recursive<string>(static (depth, inner) => depth > 3
        ? Scalars
        : Gen.Frequency(
            (4, Scalars),
            (1, inner.Array[0, 4].Select(static items => $"[{string.Join(", ", items)}]")),
            (1, Gen.Select(Words, inner).Array[0, 4].Select(Object))));

    private static readonly Gen<string> Objects = Gen.Select(Words, Values).Array[0, 8].Select(Object);

    [Fact]
    public void Any_bytes_give_a_result() => Gen.Byte.Array[0, 200].Sample(Check, iter: 10_000);

    [Fact]
    public void Any_text_of_JSON_characters_gives_a_result() =>
        Gen.String[Gen.Char[Characters], 0, 60].Sample(static text => Check(Encoding.UTF8.GetBytes(text)), iter: 10_000);

    [Fact]
    public void Any_JSON_gives_a_result() =>
        Gen.OneOf(Objects, Values).Sample(static text => Check(Encoding.UTF8.GetBytes(text)), iter: 10_000);

    [Fact]
    public void Any_change_to_a_valid_plan_gives_a_result() =>
        Gen.Select(Gen.OneOf(Plans.Select(Write), Objects), Gen.Int[0, 10_000], Gen.Int[0, 20], Gen.Byte.Array[0, 4])
            .Sample(static (text, start, length, inserted) => Check(Change(text, start, length, inserted)), iter: 10_000);

    [Fact]
    public void A_plan_that_is_cut_off_anywhere_is_refused_and_what_was_seen_of_its_flags_counts() =>
        Gen.Select(Plans, Gen.Int[0, 10_000]).Sample(static (plan, at) =>
        {
            var text = Write(plan).TrimEnd();
            var cut = text[..(at % text.Length)];
            var result = Load.Plan(cut);
            Assert.Null(result.Plan);
            Assert.Equal(!cut.Contains("\"continueBackupOnFailure\": false", StringComparison.Ordinal), result.ContinueBackupOnFailure);
            Assert.Equal(!cut.Contains("\"fsFreezeEnabled\": false", StringComparison.Ordinal), result.FsFreezeEnabled);
        }, iter: 5_000);

    [Fact]
    public void A_valid_plan_comes_back_with_the_same_values() => Plans.Sample(static plan =>
    {
        var result = Load.Plan(Write(plan));
        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        Assert.Equal(ValuesOf(plan), ValuesOf(result.Plan!));
    }, iter: 5_000);

    private static Gen<ScriptPlan> Plans => Gen.Select(
        Commands, Commands, Gen.Int[1, 1800], Gen.Int[1, 5], Gen.Bool, Gen.Bool,
        static (pre, post, timeout, progress, continues, freezes) => new ScriptPlan
        {
            PreScript = pre,
            PostScript = post,
            Timeout = TimeSpan.FromSeconds(timeout),
            ProgressInterval = TimeSpan.FromSeconds(progress),
            ContinueBackupOnFailure = continues,
            FsFreezeEnabled = freezes,
        });

    // Halves of surrogate pairs and NUL are not allowed.
    private static Gen<string> Texts => Gen.String[Gen.OneOf(Gen.Char['\u0001', '\u007F'], Gen.Char['\u0080', '\uD7FF'], Gen.Char['\uE000', '\uFFFF']), 0, 10];

    private static Gen<ScriptCommand> Commands => Gen.Select(
        Texts, Texts.Array[0, 4], Gen.Int[0, int.MaxValue],
        static (path, arguments, retries) => new ScriptCommand { Path = "/" + path, Arguments = arguments, Retries = retries });

    private static string Object((string Name, string Value)[] members) =>
        $"{{{string.Join(",\n", members.Select(static member => $"{JsonSerializer.Serialize(member.Name, PlanPropertiesJson.Default.String)}: {member.Value}"))}}}";

    private static string Write(ScriptPlan plan)
    {
        var texts = PlanPropertiesJson.Default;
        return $$"""
            {
              "preScriptLocation": {{JsonSerializer.Serialize(plan.PreScript.Path, texts.String)}},
              "preScriptParams": {{JsonSerializer.Serialize([.. plan.PreScript.Arguments], texts.StringArray)}},
              "preScriptNoOfRetries": {{plan.PreScript.Retries}},
              "continueBackupOnFailure": {{(plan.ContinueBackupOnFailure ? "true" : "false")}},
              "postScriptNoOfRetries": {{plan.PostScript.Retries}},
              "postScriptParams": {{JsonSerializer.Serialize([.. plan.PostScript.Arguments], texts.StringArray)}},
              "postScriptLocation": {{JsonSerializer.Serialize(plan.PostScript.Path, texts.String)}},
              "fsFreezeEnabled": {{(plan.FsFreezeEnabled ? "true" : "false")}},
              "timeoutInSeconds": {{plan.Timeout.TotalSeconds}},
              "ScriptsExecutionPollTimeSeconds": {{plan.ProgressInterval.TotalSeconds}}
            }
            """;
    }

    private static string ValuesOf(ScriptPlan plan) => string.Join('|',
        plan.PreScript.Path, string.Join('\0', plan.PreScript.Arguments), plan.PreScript.Retries,
        plan.PostScript.Path, string.Join('\0', plan.PostScript.Arguments), plan.PostScript.Retries,
        plan.Timeout, plan.ProgressInterval, plan.ContinueBackupOnFailure, plan.FsFreezeEnabled);

    private static byte[] Change(string text, int start, int length, byte[] inserted)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        start %= bytes.Length + 1;
        return [.. bytes.Take(start), .. inserted, .. bytes.Skip(start + length)];
    }

    private static void Check(byte[] bytes)
    {
        var result = Load.Plan(bytes);
        var again = Load.Plan(bytes);

        Assert.Equal(result.Plan is null, result.Errors.Count > 0);
        Assert.All(result.Errors, static error => Assert.True(error.Is(ErrorCodes.IncorrectJSONConfigFile)));
        Load.AssertComplete([.. result.Errors, .. result.Warnings], Load.PlanPath);
        Assert.All([.. result.Errors, .. result.Warnings], error => AssertInside(error, bytes));
        Assert.Equal(Describe(result), Describe(again));
    }

    private static void AssertInside(SnapshotError error, byte[] bytes)
    {
        var lines = PlanFile.WithoutMark(bytes).ToArray().AsSpan();
        var line = error.Line!.Value;
        for (; line > 1; line--)
        {
            lines = lines[(lines.IndexOf((byte)'\n') + 1)..];
        }

        var end = lines.IndexOf((byte)'\n');
        Assert.InRange(error.Column!.Value, 1, (end < 0 ? lines.Length : end) + 1);
    }

    private static string Describe(ScriptPlanLoadResult result) => string.Join('\n',
        result.Errors.Concat(result.Warnings).Select(static error => $"{error} {error.Line} {error.Column} {error.Found}").Append($"{result.ContinueBackupOnFailure} {result.FsFreezeEnabled}"));
}
