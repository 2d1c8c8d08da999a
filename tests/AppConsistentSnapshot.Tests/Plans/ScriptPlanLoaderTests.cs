using System.Security.Cryptography;
using System.Text;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Plans;

namespace AppConsistentSnapshot.Tests.Plans;

/// <summary>The fields of a plan and their rules; C20 to C45 and C58 to C60 of the reference's cases, as far as they are about loading.</summary>
public sealed class ScriptPlanLoaderTests
{
    [Fact]
    public void Reads_every_field()
    {
        var text = """
            {
              "pluginName": "ScriptRunner",
              "preScriptLocation": "/etc/azure/pre.sh",
              "postScriptLocation": "/opt/ä ö/post.sh",
              "preScriptParams": ["", "a b", "$HOME", "`id`", ";x"],
              "postScriptParams": [],
              "preScriptNoOfRetries": 3,
              "postScriptNoOfRetries": 2147483647,
              "timeoutInSeconds": 1800,
              "continueBackupOnFailure": false,
              "fsFreezeEnabled": false,
              "ScriptsExecutionPollTimeSeconds": 5
            }
            """;

        var result = Load.Plan(text);

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        var plan = Assert.IsType<ScriptPlan>(result.Plan);
        Assert.Equal(Load.PlanPath, plan.Path);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), plan.Sha256);
        Assert.Equal("ScriptRunner", plan.PluginName);
        Assert.Equal("/etc/azure/pre.sh", plan.PreScript.Path);
        Assert.Equal("/opt/ä ö/post.sh", plan.PostScript.Path);
        Assert.Equal(["", "a b", "$HOME", "`id`", ";x"], plan.PreScript.Arguments);
        Assert.Empty(plan.PostScript.Arguments);
        Assert.Equal(3, plan.PreScript.Retries);
        Assert.Equal(int.MaxValue, plan.PostScript.Retries);
        Assert.Equal(TimeSpan.FromSeconds(1800), plan.Timeout);
        Assert.False(plan.ContinueBackupOnFailure);
        Assert.False(plan.FsFreezeEnabled);
        Assert.Equal(TimeSpan.FromSeconds(5), plan.ProgressInterval);
        Assert.False(result.ContinueBackupOnFailure);
        Assert.False(result.FsFreezeEnabled);
    }

    [Fact]
    public void Fills_in_the_documented_defaults()
    {
        var result = Load.PlanWith();

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        var plan = Assert.IsType<ScriptPlan>(result.Plan);
        Assert.Equal("ScriptRunner", plan.PluginName);
        Assert.Empty(plan.PreScript.Arguments);
        Assert.Empty(plan.PostScript.Arguments);
        Assert.Equal(0, plan.PreScript.Retries);
        Assert.Equal(0, plan.PostScript.Retries);
        Assert.Equal(TimeSpan.FromSeconds(30), plan.Timeout);
        Assert.True(plan.ContinueBackupOnFailure);
        Assert.True(plan.FsFreezeEnabled);
        Assert.Equal(TimeSpan.FromSeconds(3), plan.ProgressInterval);
    }

    [Fact]
    public void Passes_on_the_two_empty_arguments_of_the_template() =>
        Assert.Equal(["", ""], Load.PlanWith("\"preScriptParams\": [\"\",\"\"]").Plan?.PreScript.Arguments);

    [Theory]
    [InlineData("timeoutInSeconds", "1")]
    [InlineData("timeoutInSeconds", "1800")]
    [InlineData("ScriptsExecutionPollTimeSeconds", "1")]
    [InlineData("ScriptsExecutionPollTimeSeconds", "5")]
    [InlineData("preScriptNoOfRetries", "0")]
    [InlineData("preScriptNoOfRetries", "-0")]
    [InlineData("postScriptNoOfRetries", "200000")]
    public void Accepts_numbers_at_the_limits(string field, string value) =>
        Assert.Empty(Load.PlanWith($"\"{field}\": {value}").Errors);

    [Theory]
    [InlineData("timeoutInSeconds", "0")]
    [InlineData("timeoutInSeconds", "-5")]
    [InlineData("timeoutInSeconds", "0.5")]
    [InlineData("timeoutInSeconds", "30.0")]
    [InlineData("timeoutInSeconds", "3e1")]
    [InlineData("timeoutInSeconds", "3E+1")]
    [InlineData("timeoutInSeconds", "1801")]
    [InlineData("timeoutInSeconds", "72000")]
    [InlineData("timeoutInSeconds", "99999999999999999999999999999999")]
    [InlineData("timeoutInSeconds", "\"30\"")]
    [InlineData("timeoutInSeconds", "null")]
    [InlineData("timeoutInSeconds", "true")]
    [InlineData("timeoutInSeconds", "[]")]
    [InlineData("timeoutInSeconds", "{\"x\":[1,{}]}")]
    [InlineData("ScriptsExecutionPollTimeSeconds", "0")]
    [InlineData("ScriptsExecutionPollTimeSeconds", "6")]
    [InlineData("ScriptsExecutionPollTimeSeconds", "-1")]
    [InlineData("ScriptsExecutionPollTimeSeconds", "0.9")]
    [InlineData("ScriptsExecutionPollTimeSeconds", "2.9")]
    [InlineData("ScriptsExecutionPollTimeSeconds", "\"2\"")]
    [InlineData("ScriptsExecutionPollTimeSeconds", "\"abc\"")]
    [InlineData("ScriptsExecutionPollTimeSeconds", "\"\"")]
    [InlineData("ScriptsExecutionPollTimeSeconds", "null")]
    [InlineData("preScriptNoOfRetries", "-1")]
    [InlineData("preScriptNoOfRetries", "2147483648")]
    [InlineData("preScriptNoOfRetries", "\"2\"")]
    [InlineData("postScriptNoOfRetries", "1.5")]
    [InlineData("postScriptNoOfRetries", "null")]
    [InlineData("continueBackupOnFailure", "\"true\"")]
    [InlineData("continueBackupOnFailure", "0")]
    [InlineData("continueBackupOnFailure", "1")]
    [InlineData("continueBackupOnFailure", "null")]
    [InlineData("fsFreezeEnabled", "\"\"")]
    [InlineData("fsFreezeEnabled", "0")]
    [InlineData("fsFreezeEnabled", "[true]")]
    [InlineData("pluginName", "5")]
    [InlineData("pluginName", "null")]
    [InlineData("preScriptParams", "\"abc\"")]
    [InlineData("preScriptParams", "{\"k\":\"v\"}")]
    [InlineData("preScriptParams", "null")]
    [InlineData("postScriptParams", "5")]
    public void Refuses_a_wrong_value_and_says_where_what_and_how_to_mend_it(string field, string value)
    {
        var result = Load.PlanWith($"\"{field}\": {value}");

        Assert.Null(result.Plan);
        var error = Assert.Single(result.Errors);
        Assert.True(error.Is(ErrorCodes.IncorrectJSONConfigFile));
        Assert.Equal((3, field.Length + 5), (error.Line, error.Column));
        Assert.Equal(field, error.Field);
        Assert.Equal(value, error.Found);
        Assert.NotEmpty(error.Allowed!);
        Assert.Contains(field, error.Message, StringComparison.Ordinal);
        Assert.Contains($"\"{field}\": ", error.RecommendedAction, StringComparison.Ordinal);
        Load.AssertComplete(result.Errors, Load.PlanPath);
    }

    [Theory]
    [InlineData("""["a", 5, "b", null, ["z"]]""", 3)]
    [InlineData("""[{"k":"v"}]""", 1)]
    [InlineData("""[true, false]""", 2)]
    public void Refuses_each_argument_that_is_no_text(string value, int count)
    {
        var result = Load.PlanWith($"\"postScriptParams\": {value}");

        Assert.Equal(count, result.Errors.Count);
        Assert.All(result.Errors, static error => Assert.StartsWith("postScriptParams[", error.Field, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"pre.sh\"")]
    [InlineData("\"./pre.sh\"")]
    [InlineData("\" /pre.sh\"")]
    [InlineData("\"~/pre.sh\"")]
    [InlineData("\"/a\\u0000b\"")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[\"/pre.sh\"]")]
    public void Refuses_a_location_that_is_no_absolute_path(string value)
    {
        var result = Load.Plan($"{{\"postScriptLocation\": \"/post.sh\",\n\"preScriptLocation\": {value}}}");

        var error = Assert.Single(result.Errors);
        Assert.True(error.Is(ErrorCodes.IncorrectJSONConfigFile));
        Assert.Equal((2, 22, "preScriptLocation", value), (error.Line, error.Column, error.Field, error.Found));
    }

    [Fact]
    public void Refuses_an_argument_with_NUL() =>
        Assert.Equal("preScriptParams[1]", Assert.Single(Load.PlanWith("\"preScriptParams\": [\"a\", \"b\\u0000\"]").Errors).Field);

    [Fact]
    public void Reports_every_problem_at_once_in_the_order_of_the_file()
    {
        var result = Load.Plan("""
            {
              "pluginName": 5,
              "preScriptLocation": "pre.sh",
              "preScriptParams": ["a", 1],
              "timeoutInSeconds": 0,
              "continueBackupOnFailure": "no",
              "timeoutInSeconds": 30,
              "comment": "x"
            }
            """);

        Assert.Equal(
            [(1, "postScriptLocation"), (2, "pluginName"), (3, "preScriptLocation"), (4, "preScriptParams[1]"), (5, "timeoutInSeconds"), (6, "continueBackupOnFailure"), (7, "timeoutInSeconds")],
            result.Errors.Select(static error => (error.Line ?? 0, error.Field ?? "")));
        Assert.True(Assert.Single(result.Warnings).Is(ErrorCodes.UnknownPlanKey));
    }

    [Theory]
    [InlineData("preScriptLocation")]
    [InlineData("postScriptLocation")]
    public void Refuses_a_plan_without_a_script(string missing)
    {
        var other = missing == "preScriptLocation" ? "postScriptLocation" : "preScriptLocation";

        var result = Load.Plan($"\n {{\"{other}\": \"/s.sh\"}}");

        var error = Assert.Single(result.Errors);
        Assert.Equal((2, 2, missing, "nothing"), (error.Line, error.Column, error.Field, error.Found));
    }

    [Fact]
    public void Refuses_an_empty_object_for_both_scripts() => Assert.Equal(2, Load.Plan("{}").Errors.Count);

    [Theory]
    [InlineData("30", "30")]
    [InlineData("30", "31")]
    [InlineData("30", "\"x\"")]
    [InlineData("\"x\"", "30")]
    public void Refuses_a_key_that_is_set_twice(string first, string second)
    {
        var result = Load.PlanWith($"\"timeoutInSeconds\": {first}", $"\"timeoutInSeconds\": {second}");

        var error = Assert.Single(result.Errors, static error => error.Message.Contains("twice", StringComparison.Ordinal));
        Assert.Equal((4, 1, "timeoutInSeconds"), (error.Line, error.Column, error.Field));
        Assert.Contains("line 3", error.Message, StringComparison.Ordinal);
        Assert.Equal((first + second).Contains('x', StringComparison.Ordinal) ? 2 : 1, result.Errors.Count);
    }

    [Fact]
    public void Sees_through_escapes_in_a_key_that_is_set_twice() =>
        Assert.Single(Load.PlanWith("\"fsFreezeEnabled\": true", "\"fsFreezeEn\\u0061bled\": true").Errors);

    [Fact]
    public void Refuses_an_unknown_key_that_is_set_twice()
    {
        var result = Load.PlanWith("\"note\": 1", "\"note\": 2");

        Assert.Equal("note", Assert.Single(result.Errors).Field);
        Assert.Single(result.Warnings);
    }

    [Theory]
    [InlineData("preScriptparams", "preScriptParams")]
    [InlineData("TIMEOUTINSECONDS", "timeoutInSeconds")]
    [InlineData("ContinueBackupOnFailure", "continueBackupOnFailure")]
    [InlineData("timeoutInSecond", "timeoutInSeconds")]
    [InlineData("timeoutInSeconds ", "timeoutInSeconds")]
    [InlineData("timeout", "timeoutInSeconds")]
    [InlineData("postScriptNoOfRetry", "postScriptNoOfRetries")]
    [InlineData("fsFreezeEnable", "fsFreezeEnabled")]
    public void Warns_of_a_misspelt_key_with_the_nearest_name(string written, string meant)
    {
        var result = Load.PlanWith($"\"{written}\": [{{\"deep\": [1, \"x\"]}}]");

        Assert.Empty(result.Errors);
        Assert.NotNull(result.Plan);
        var warning = Assert.Single(result.Warnings);
        Assert.True(warning.Is(ErrorCodes.UnknownPlanKey));
        Assert.Equal((3, 1, written, meant), (warning.Line, warning.Column, warning.Field, warning.Allowed));
        Assert.Contains($"'{meant}'", warning.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("comment")]
    [InlineData("")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public void Warns_of_an_unknown_key_that_is_like_no_other(string written)
    {
        var warning = Assert.Single(Load.PlanWith($"\"{written}\": 1").Warnings);

        Assert.True(warning.Is(ErrorCodes.UnknownPlanKey));
        Assert.Contains("preScriptLocation", warning.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void Knows_that_appName_is_for_the_telemetry_of_others() =>
        Assert.Contains("telemetry", Assert.Single(Load.PlanWith("\"appName\": \"db\"").Warnings).Message, StringComparison.Ordinal);

    [Fact]
    public void Says_which_misspelt_key_is_the_missing_one()
    {
        var result = Load.Plan("{\"postScriptLocation\": \"/post.sh\",\n\"preScriptlocation\": \"/pre.sh\"}");

        Assert.Contains("'preScriptlocation' on line 2", Assert.Single(result.Errors).RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("preScriptLocation", Assert.Single(result.Warnings).Allowed);
    }

    [Theory]
    [InlineData("MyPlugin")]
    [InlineData("scriptrunner")]
    [InlineData("")]
    public void Warns_of_another_plugin_name_and_uses_the_plan(string name)
    {
        var result = Load.PlanWith($"\"pluginName\": \"{name}\"");

        Assert.Equal(name, result.Plan?.PluginName);
        var warning = Assert.Single(result.Warnings);
        Assert.True(warning.Is(ErrorCodes.UnexpectedPluginName));
        Assert.Equal((3, 15, $"\"{name}\""), (warning.Line, warning.Column, warning.Found));
    }

    [Fact]
    public void Does_not_name_an_argument_in_a_message_that_is_logged()
    {
        var error = Assert.Single(Load.PlanWith("\"preScriptParams\": \"--password=secret\"").Errors);

        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Equal("\"--password=secret\"", error.Found);
    }

    [Fact]
    public void Escapes_and_shortens_what_it_found()
    {
        var result = Load.PlanWith($"\"timeoutInSeconds\": [\n\"\u202e\u0085\u2028\ue000{new string('é', 500)}\"]");

        var error = Assert.Single(result.Errors);
        Assert.StartsWith("[\\n\"\\u202e\\u0085\\u2028\\ue000éé", error.Found, StringComparison.Ordinal);
        Assert.EndsWith("é…", error.Found, StringComparison.Ordinal);
        Load.AssertComplete(result.Errors, Load.PlanPath);
    }

    [Fact]
    public void Counts_columns_in_bytes()
    {
        var error = Assert.Single(Load.PlanWith("\"pluginName\": \"ScriptRunner\", \"äö\": 1, \"timeoutInSeconds\": 0").Errors);

        Assert.Equal((3, Encoding.UTF8.GetByteCount("\"pluginName\": \"ScriptRunner\", \"äö\": 1, \"timeoutInSeconds\": ") + 1), (error.Line, error.Column));
    }

    [Fact]
    public void Lists_at_most_a_hundred_problems_and_counts_the_rest()
    {
        var result = Load.PlanWith([.. Enumerable.Range(0, 20_000).Select(static i => $"\"unknown{i}\": {i}"), $"\"preScriptParams\": [{string.Join(',', Enumerable.Repeat("1", 20_000))}]"]);

        Assert.Equal(101, result.Warnings.Count);
        Assert.Contains("19900 further", result.Warnings[^1].Message, StringComparison.Ordinal);
        Assert.Equal(101, result.Errors.Count);
        Assert.Contains("19900 further", result.Errors[^1].Message, StringComparison.Ordinal);
        Load.AssertComplete([.. result.Warnings, .. result.Errors], Load.PlanPath);
    }

    [Fact]
    public void Makes_a_plan_that_nobody_can_change()
    {
        var arguments = Load.PlanWith("\"preScriptParams\": [\"a\"]").Plan!.PreScript.Arguments;

        Assert.Throws<NotSupportedException>(() => ((IList<string>)arguments)[0] = "b");
    }
}
