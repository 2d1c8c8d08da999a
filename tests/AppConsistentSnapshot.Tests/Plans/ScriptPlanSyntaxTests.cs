using System.Text;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Plans;

namespace AppConsistentSnapshot.Tests.Plans;

/// <summary>Plans that are no JSON, and what can be seen of them all the same (C26, C27).</summary>
public sealed class ScriptPlanSyntaxTests
{
    [Theory]
    [InlineData("{\n \"pluginName\": \"x\"\n \"timeoutInSeconds\": 5 }", 3, 2, "\"", "comma")]
    [InlineData("{\n \"timeoutInSeconds\" 5 }", 2, 21, "5", "colon is missing")]
    [InlineData("{\n \"continueBackupOnFailure\": True }", 2, 29, "True", "upper and lower case")]
    [InlineData("{\n \"continueBackupOnFailure\": truE }", 2, 29, "truE", "upper and lower case")]
    [InlineData("{\n \"continueBackupOnFailure\": yes }", 2, 29, "yes", "without quotes")]
    [InlineData("{\n pluginName: 1 }", 2, 2, "pluginName", "without quotes")]
    [InlineData("{\n 'pluginName': 1 }", 2, 2, "'", "single quotes")]
    [InlineData("{\n \"pluginName\": 'x' }", 2, 16, "'", "single quotes")]
    [InlineData("{\n \"pluginName\": \"x\ny\" }", 2, 18, "\\n", "line break")]
    [InlineData("{\n \"pluginName\": \"x\ty\" }", 2, 18, "\\t", "control character")]
    [InlineData("{\n \"pluginName\": \"C:\\x\" }", 2, 20, "x", "backslash")]
    [InlineData("{\n \"pluginName\": \"never", 2, 16, "\"", "never ends")]
    [InlineData("{\n \"pluginName\": \"x\"", 2, 19, "end of the file", "too early")]
    [InlineData("{\n \"timeoutInSeconds\": 5", 2, 23, "end of the file", "too early")]
    [InlineData("{", 1, 2, "end of the file", "too early")]
    [InlineData("{\n \"timeoutInSeconds\": 05 }", 2, 23, "5", "cannot stand here")]
    [InlineData("{\n \"timeoutInSeconds\": +5 }", 2, 22, "+", "cannot stand here")]
    [InlineData("{\n \"timeoutInSeconds\": NaN }", 2, 22, "NaN", "without quotes")]
    [InlineData("{\n \"timeoutInSeconds\": 5,, \"pluginName\": \"x\" }", 2, 24, ",", "cannot stand here")]
    [InlineData("{,}", 1, 2, ",", "cannot stand here")]
    [InlineData("{}\n{}", 2, 1, "{", "after the end")]
    [InlineData("{}\n x", 2, 2, "x", "after the end")]
    [InlineData("[]]", 1, 3, "]", "after the end")]
    [InlineData("/* never ends", 1, 1, "/", "cannot stand here")]
    [InlineData("ScriptRunner", 1, 1, "ScriptRunner", "without quotes")]
    [InlineData("", 1, 1, "nothing", "empty")]
    [InlineData(" \r\n\t", 1, 1, "blanks", "blanks")]
    [InlineData("\0\0\0", 1, 1, "NUL bytes", "NUL")]
    public void Says_where_the_text_is_no_JSON(string text, int line, int column, string found, string message)
    {
        var result = Load.Plan(text);

        Assert.Null(result.Plan);
        var error = Assert.Single(result.Errors, error => error.Message.Contains(message, StringComparison.Ordinal));
        Assert.True(error.Is(ErrorCodes.IncorrectJSONConfigFile));
        Assert.Equal((line, column, found), (error.Line, error.Column, error.Found));
        Load.AssertComplete(result.Errors, Load.PlanPath);
    }

    [Fact]
    public void Reports_what_is_wrong_before_a_syntax_error_but_nothing_as_missing()
    {
        var result = Load.Plan("{\n\"timeoutInSeconds\": 0,\n\"typo\": 1,\n\"pluginName\": oops }");

        Assert.Equal([2, 4], result.Errors.Select(static error => error.Line));
        Assert.Equal("typo", Assert.Single(result.Warnings).Field);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("[{\"preScriptLocation\": \"/a\"}]")]
    public void Refuses_a_plan_that_is_no_object(string text)
    {
        var error = Assert.Single(Load.Plan("\n " + text).Errors);

        Assert.Equal((2, 2, text), (error.Line, error.Column, error.Found));
    }

    [Fact]
    public void Reports_comments_and_trailing_commas_and_reads_on()
    {
        var result = Load.Plan("""
            // plan
            {
              "preScriptLocation": "/pre.sh", /* one
              more */ "preScriptParams": ["a", "b" , ], // two
              "timeoutInSeconds": 0,
              "postScriptLocation": "/post.sh" , /* three */
            } # four
            """);

        Assert.Equal(
            [(1, 1), (3, 35), (4, 40), (4, 45), (5, 23), (6, 36), (6, 38), (7, 3)],
            result.Errors.Select(static error => (error.Line ?? 0, error.Column ?? 0)));
        Assert.Equal("/* one\\n  more */", result.Errors[1].Found);
    }

    [Fact]
    public void Tolerates_a_byte_order_mark_and_hashes_it()
    {
        var plain = Load.Plan(Load.Text());
        var marked = Load.Plan("\uFEFF" + Load.Text());

        Assert.Empty(marked.Errors);
        Assert.NotNull(marked.Plan);
        Assert.False(plain.Plan!.Sha256 == marked.Plan.Sha256);
    }

    [Fact]
    public void Does_not_count_a_byte_order_mark_as_a_column() =>
        Assert.Equal((1, 1), (Load.Plan("\uFEFF[]").Errors[0].Line, Load.Plan("\uFEFF[]").Errors[0].Column));

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'{', 0 })]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, (byte)'{' })]
    [InlineData(new byte[] { (byte)'{', 0, (byte)'}', 0 })]
    [InlineData(new byte[] { 0, (byte)'{', 0, (byte)'}' })]
    public void Recognises_UTF_16(byte[] bytes) =>
        Assert.Contains("UTF-16", Assert.Single(Load.Plan(bytes).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void Reports_each_text_that_is_not_UTF_8()
    {
        var bytes = Encoding.Latin1.GetBytes(Load.Text("\"pluginName\": \"Gr\u00FCn\"", "\"pr\u00E9\": [\"\u00E4\"]", "\"preScriptParams\": [\"a\", \"\u00F6\"]"));

        var result = Load.Plan(bytes);

        Assert.Equal(
            [(3, 18, "byte 0xFC"), (4, 4, "byte 0xE9"), (4, 10, "byte 0xE4"), (5, 27, "byte 0xF6")],
            result.Errors.Select(static error => (error.Line ?? 0, error.Column ?? 0, error.Found ?? "")));
        Assert.Equal(["pluginName", null, null, "preScriptParams[1]"], result.Errors.Select(static error => error.Field), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("\\ud83d")]
    [InlineData("\\ude00")]
    [InlineData("\\ude00\\ud83d")]
    public void Refuses_half_a_surrogate_pair(string escape) =>
        Assert.Equal("preScriptParams[0]", Assert.Single(Load.PlanWith($"\"preScriptParams\": [\"{escape}\"]").Errors).Field);

    [Fact]
    public void Reads_escapes() =>
        Assert.Equal(["\ud83d\ude00\"\n/"], Load.PlanWith("\"preScriptParams\": [\"\\ud83d\\ude00\\\"\\n\\/\"]").Plan?.PreScript.Arguments);

    [Theory]
    [InlineData(60, false)]
    [InlineData(65, true)]
    [InlineData(500_000, true)]
    public void Bounds_how_deep_a_plan_may_be(int depth, bool refused)
    {
        var result = Load.PlanWith($"\"x\": {new string('[', depth)}{new string(']', depth)}");

        Assert.Equal(refused, result.Errors.Count == 1);
        Assert.All(result.Errors, static error => Assert.Contains("deep", error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"continueBackupOnFailure\": false, \"timeoutInSeconds\": 0", false, true)]
    [InlineData("\"fsFreezeEnabled\": false, \"timeoutInSeconds\": 0", true, false)]
    [InlineData("\"timeoutInSeconds\": 0, \"fsFreezeEnabled\": false, \"continueBackupOnFailure\": false", false, false)]
    [InlineData("\"continueBackupOnFailure\": true, \"timeoutInSeconds\": 0", true, true)]
    [InlineData("\"continueBackupOnFailure\": false, \"continueBackupOnFailure\": true", false, true)]
    [InlineData("\"continueBackupOnFailure\": true, \"continueBackupOnFailure\": false", false, true)]
    [InlineData("\"fsFreezeEnabled\": false, \"fsFreezeEnabled\": true", true, false)]
    [InlineData("\"continueBackupOnFailure\": \"false\"", false, true)]
    [InlineData("\"continueBackupOnFailure\": \" False \"", false, true)]
    [InlineData("\"continueBackupOnFailure\": 0", false, true)]
    [InlineData("\"continueBackupOnFailure\": \"true\"", true, true)]
    [InlineData("\"continueBackupOnFailure\": 1", true, true)]
    [InlineData("\"continueBackupOnFailure\": null", true, true)]
    [InlineData("\"fsFreezeEnabled\": \"FALSE\"", true, false)]
    [InlineData("\"continueBackupOnFailure\": FALSE", false, true)]
    [InlineData("\"fsFreezeEnabled\": False, \"x\": 1", true, false)]
    [InlineData("\"continueBackupOnFailure\": TRUE", true, true)]
    [InlineData("\"continueBackupOnFailure\": false oops", false, true)]
    [InlineData("\"oops\" \"continueBackupOnFailure\"\n:\n false }", false, true)]
    [InlineData("oops, \"continueBackupOnFailure\": false, \"fsFreezeEnabled\":false", false, false)]
    [InlineData("oops, \"continueBackupOnFailure\": true, \"fsFreezeEnabled\":true", true, true)]
    [InlineData("oops, \"pluginName\": \"continueBackupOnFailure\"", true, true)]
    [InlineData("oops, \"preScriptParams\": [\"\\\"continueBackupOnFailure\\\": false\"]", true, true)]
    [InlineData("oops, \"continueBackupOnFailure\": \"false", true, true)]
    [InlineData("/* see below */ \"continueBackupOnFailure\": false", false, true)]
    [InlineData("\"note\": {\"continueBackupOnFailure\": false}, \"timeoutInSeconds\": 0", true, true)]
    public void Sees_the_two_flags_as_far_as_they_are_visible_in_a_wrong_plan(string members, bool continues, bool freezes)
    {
        var result = Load.PlanWith(members);

        Assert.Null(result.Plan);
        Assert.NotEmpty(result.Errors);
        Assert.Equal((continues, freezes), (result.ContinueBackupOnFailure, result.FsFreezeEnabled));
    }

    [Fact]
    public void Sees_the_flags_of_a_plan_that_is_wrapped_in_a_list() =>
        Assert.False(Load.Plan("[{\"continueBackupOnFailure\": false}]").ContinueBackupOnFailure);

    [Fact]
    public void Refuses_a_huge_file_and_still_sees_the_flags()
    {
        var result = Load.PlanWith("\"continueBackupOnFailure\": false", $"\"x\": \"{new string('x', PlanFile.Limit)}\"");

        var error = Assert.Single(result.Errors);
        Assert.True(error.Is(ErrorCodes.IncorrectJSONConfigFile));
        Assert.Contains("1048576", error.Message, StringComparison.Ordinal);
        Assert.False(result.ContinueBackupOnFailure);
    }

    [Fact]
    public void Does_not_quote_a_file_that_is_no_plan()
    {
        var result = Load.Plan("root:$y$j9T$secret:19000:0:99999:7:::\n");

        Assert.Equal("root", Assert.Single(result.Errors).Found);
    }

    [Fact]
    public void Counts_lines_that_end_as_on_Windows() =>
        Assert.Equal((4, 21), (Load.Plan(Load.Text("\"x\": 1", "\"timeoutInSeconds\": 0").ReplaceLineEndings("\r\n")).Errors[0].Line, Load.Plan(Load.Text("\"x\": 1", "\"timeoutInSeconds\": 0").ReplaceLineEndings("\r\n")).Errors[0].Column));
}
