using System.Security.Cryptography;
using System.Text;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Plans;

namespace AppConsistentSnapshot.Tests.Plans;

/// <summary>The host configuration (C55 to C57): the reference's dialect, but never a plug-in less than the file means.</summary>
public sealed class HostConfigurationTests
{
    public const string Valid = """
        [pre_post]
        timeoutInSeconds: 1800
        numberOfPlugins: 1
        pluginName0: ScriptRunner
        pluginPath0: /etc/azure
        pluginConfigPath0: /etc/azure/VMSnapshotScriptPluginConfig.json
        """;

    [Fact]
    public void Reads_the_file_as_it_is_shipped()
    {
        var result = Load.Host(Valid);

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        var configuration = Assert.IsType<HostConfiguration>(result.Configuration);
        Assert.Equal(Load.HostPath, configuration.Path);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Valid))), configuration.Sha256);
        Assert.Equal(TimeSpan.FromSeconds(1800), configuration.Timeout);
        var plugin = Assert.Single(configuration.Plugins);
        Assert.Equal(("ScriptRunner", "/etc/azure", Load.PlanPath), (plugin.Name, plugin.Path, plugin.PlanPath));
    }

    [Fact]
    public void Reads_the_dialect_of_ConfigParser()
    {
        var result = Load.Host("""
            # a comment
              ; another

            [pre_post] is all of the header
            NUMBEROFPLUGINS = 2
            PluginName0=ScriptRunner
              # a comment inside
            pluginpath0   :/etc/a=b:c
            pluginConfigPath0 = /etc/100%%.json

            pluginName1 = ScriptRunner
            pluginPath1:
             /a
            pluginConfigPath1: /b # no comment
            """.ReplaceLineEndings("\r\n"));

        Assert.Empty(result.Errors);
        Assert.Equal(TimeSpan.FromSeconds(1800), result.Configuration!.Timeout);
        Assert.Equal(
            [("ScriptRunner", "/etc/a=b:c", "/etc/100%.json"), ("ScriptRunner", "/a", "/b # no comment")],
            result.Configuration.Plugins.Select(static plugin => (plugin.Name, plugin.Path, plugin.PlanPath)));
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \r\n")]
    [InlineData("# nothing\n")]
    [InlineData("[other]\na: 1\n")]
    [InlineData("[pre_post]\n")]
    [InlineData("[pre_post]\nnumberOfPlugins: 0\n")]
    [InlineData("[pre_post]\nnumberOfPlugins: -1\n")]
    [InlineData("[pre_post]\nnumberOfPlugins: 1\n")]
    public void Refuses_a_file_that_names_no_plugin(string text)
    {
        var result = Load.Host(text);

        Assert.Null(result.Configuration);
        Assert.True(Assert.Single(result.Errors).Is(ErrorCodes.IncorrectPluginhostFile));
        Load.AssertComplete(result.Errors, Load.HostPath);
    }

    [Theory]
    [InlineData("[PRE_POST]")]
    [InlineData("[ pre_post ]")]
    [InlineData("[pre-post]")]
    public void Knows_the_section_by_its_exact_name_only(string header)
    {
        var result = Load.Host(Valid.Replace("[pre_post]", header, StringComparison.Ordinal));

        var error = Assert.Single(result.Errors);
        Assert.Equal((1, 1, header), (error.Line, error.Column, error.Found));
        Assert.Contains("[pre_post] instead of", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(result.Warnings);
    }

    [Theory]
    [InlineData("timeoutInSeconds: 1800", "timeoutInSeconds: 0", 2, 19, "timeoutInSeconds", "0")]
    [InlineData("timeoutInSeconds: 1800", "timeoutInSeconds: 1801", 2, 19, "timeoutInSeconds", "1801")]
    [InlineData("timeoutInSeconds: 1800", "timeoutInSeconds: 1.5", 2, 19, "timeoutInSeconds", "1.5")]
    [InlineData("timeoutInSeconds: 1800", "timeoutInSeconds:", 2, 18, "timeoutInSeconds", "")]
    [InlineData("timeoutInSeconds: 1800", "timeoutInSeconds: 30 ; half a minute", 2, 19, "timeoutInSeconds", "30 ; half a minute")]
    [InlineData("timeoutInSeconds: 1800", "TimeoutInSeconds= 99999999999", 2, 19, "TimeoutInSeconds", "99999999999")]
    [InlineData("numberOfPlugins: 1", "numberOfPlugins: one", 3, 18, "numberOfPlugins", "one")]
    [InlineData("numberOfPlugins: 1", "numberOfPlugins: 0", 3, 18, "numberOfPlugins", "0")]
    [InlineData("numberOfPlugins: 1", "numberOfPlugins: 1_0", 3, 18, "numberOfPlugins", "1_0")]
    [InlineData("numberOfPlugins: 1\n", "", 1, 1, "numberOfPlugins", "nothing")]
    [InlineData("pluginName0: ScriptRunner\n", "", 1, 1, "pluginName0", "nothing")]
    [InlineData("pluginPath0: /etc/azure\n", "", 1, 1, "pluginPath0", "nothing")]
    [InlineData("pluginPath0: /etc/azure", "pluginPath0:", 5, 13, "pluginPath0", "")]
    [InlineData("pluginName0: ScriptRunner", "pluginName0", 4, 1, null, "pluginName0")]
    [InlineData("pluginConfigPath0: /etc/azure", "pluginConfigPath0: etc/azure", 6, 20, "pluginConfigPath0", "etc/azure/VMSnapshotScriptPluginConfig.json")]
    [InlineData("pluginPath0: /etc/azure", "pluginPath0: /etc/%azure", 5, 14, "pluginPath0", "/etc/%azure")]
    [InlineData("pluginPath0: /etc/azure", "pluginPath0: %(x)s", 5, 14, "pluginPath0", "%(x)s")]
    [InlineData("pluginPath0: /etc/azure", "pluginPath0: a\nPLUGINPATH0: b", 6, 1, "PLUGINPATH0", "PLUGINPATH0: b")]
    [InlineData("pluginPath0: /etc/azure", "[pre_post]\npluginPath0: a", 5, 1, null, "[pre_post]")]
    [InlineData("pluginPath0: /etc/azure", "pluginPath0: a\n[DEFAULT]\n[x]\n", 6, 1, "DEFAULT", "[DEFAULT]")]
    [InlineData("pluginPath0: /etc/azure", "pluginPath0: a\0b", 5, 14, "pluginPath0", "a\\u0000b")]
    [InlineData("pluginPath0: /etc/azure", "pluginPath0: /etc/azure\n= 5", 6, 1, null, "= 5")]
    [InlineData("pluginPath0: /etc/azure", "pluginPath0: /etc/azure\n  timeoutInSeconds: 5", 5, 14, "pluginPath0", "/etc/azure\\ntimeoutInSeconds: 5")]
    [InlineData("[pre_post]\n", "", 1, 1, null, "a line outside any section")]
    public void Refuses_what_is_wrong_and_says_where(string good, string wrong, int line, int column, string? field, string found)
    {
        var text = Valid.Replace(good, wrong, StringComparison.Ordinal);
        Assert.False(Valid == text);

        var result = Load.Host(text);

        Assert.Null(result.Configuration);
        var error = Assert.Single(result.Errors, error => error.Line == line && error.Column == column);
        Assert.True(error.Is(ErrorCodes.IncorrectPluginhostFile));
        Assert.Equal((field, found), (error.Field, error.Found));
        Assert.NotEmpty(error.Allowed!);
        Load.AssertComplete(result.Errors, Load.HostPath);
    }

    [Fact]
    public void Reports_every_problem_at_once_in_the_order_of_the_file()
    {
        var result = Load.Host("""
            [pre_post]
            timeoutInSeconds: x
            numberOfPlugins: 3
            pluginName0: ScriptRunner
            pluginConfigPath0: relative
            pluginName1: Other
            pluginPath1: 50%
            pluginConfigPath1: /a
            junk
            """);

        Assert.Equal(
            [(1, "pluginPath0"), (2, "timeoutInSeconds"), (3, "pluginName2"), (5, "pluginConfigPath0"), (7, "pluginPath1"), (9, "")],
            result.Errors.Select(static error => (error.Line ?? 0, error.Field ?? "")));
        Assert.Equal(6, Assert.Single(result.Warnings).Line);
    }

    [Fact]
    public void Checks_the_entries_also_where_their_number_is_unknown()
    {
        var result = Load.Host("[pre_post]\nnumberOfPlugins: x\npluginName7: ScriptRunner\npluginPath7: /a\npluginConfigPath7: b\n");

        Assert.Equal(["numberOfPlugins", "pluginConfigPath7"], result.Errors.Select(static error => error.Field), StringComparer.Ordinal);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Says_that_an_indented_line_continued_a_value()
    {
        var result = Load.Host(Valid.Replace("numberOfPlugins", "  numberOfPlugins", StringComparison.Ordinal));

        Assert.Contains("Line 3 is indented", Assert.Single(result.Errors, static error => error.Field == "timeoutInSeconds").RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc/a.json")]
    [InlineData("/etc//a.json")]
    [InlineData("/etc/./a.json")]
    public void Refuses_the_same_plan_twice(string second)
    {
        var result = Load.Host($"""
            [pre_post]
            numberOfPlugins: 2
            pluginName0: ScriptRunner
            pluginPath0: /a
            pluginConfigPath0: /etc/a.json
            pluginName1: ScriptRunner
            pluginPath1: /a
            pluginConfigPath1: {second}
            """);

        var error = Assert.Single(result.Errors);
        Assert.Equal((8, 20, "pluginConfigPath1", second), (error.Line, error.Column, error.Field, error.Found));
        Assert.Contains("line 5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_the_order_of_the_numbers()
    {
        var entries = string.Concat(new[] { 10, 2, 0, 1, 9, 3, 8, 4, 7, 5, 6 }.Select(static i => $"pluginConfigPath{i}: /p{i}\npluginName{i}: ScriptRunner\npluginPath{i}: /\n"));

        var result = Load.Host("[pre_post]\n" + entries + "numberOfPlugins: 11\n");

        Assert.Equal(Enumerable.Range(0, 11).Select(static i => $"/p{i}"), result.Configuration?.Plugins.Select(static plugin => plugin.PlanPath) ?? [], StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(int.MaxValue)]
    public void Is_not_kept_busy_by_a_huge_number_of_plugins(int number)
    {
        var result = Load.Host(Valid.Replace("numberOfPlugins: 1", $"numberOfPlugins: {number}", StringComparison.Ordinal));

        Assert.Equal(6, result.Errors.Count);
        Assert.Contains($"{number - 6} further", result.Errors[^1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pluginName1: ScriptRunner", "counts the plug-ins from 0")]
    [InlineData("numberOfPlugin: 1", "numberOfPlugins")]
    [InlineData("pluginConfigPat0: /x", "pluginConfigPath0")]
    [InlineData("pluginName: ScriptRunner", "pluginName0")]
    [InlineData("pluginName00: ScriptRunner", "pluginName00")]
    [InlineData("pluginName99999999999: ScriptRunner", "pluginName99999999999")]
    [InlineData("logging: on", "no option")]
    public void Warns_of_an_option_that_has_no_effect(string line, string message)
    {
        var result = Load.Host(Valid + "\n" + line);

        Assert.Empty(result.Errors);
        var warning = Assert.Single(result.Warnings);
        Assert.True(warning.Is(ErrorCodes.UnknownPlanKey));
        Assert.Equal((7, 1), (warning.Line, warning.Column));
        Assert.Contains(message, warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Warns_of_another_plugin_name_and_loads_no_code_by_it()
    {
        var result = Load.Host(Valid.Replace("ScriptRunner", "os", StringComparison.Ordinal));

        Assert.Equal("os", result.Configuration?.Plugins[0].Name);
        var warning = Assert.Single(result.Warnings);
        Assert.True(warning.Is(ErrorCodes.UnexpectedPluginName));
        Assert.Equal((4, 14, "os"), (warning.Line, warning.Column, warning.Found));
    }

    [Fact]
    public void Warns_of_a_section_that_has_no_effect() =>
        Assert.Equal((7, "Monitor"), (Assert.Single(Load.Host(Valid + "\n[Monitor]\nRun: 1").Warnings).Line, Load.Host(Valid + "\n[Monitor]\nRun: 1").Warnings[0].Field));

    [Fact]
    public void Tolerates_a_byte_order_mark() => Assert.Empty(Load.Host("\uFEFF" + Valid).Errors);

    [Fact]
    public void Reports_each_line_that_is_not_UTF_8()
    {
        var result = Load.Host(Encoding.Latin1.GetBytes("# f\u00FCr\n" + Valid + "\n\u00E4: 1"));

        Assert.Equal([(1, 4, "byte 0xFC"), (8, 1, "byte 0xE4")], result.Errors.Select(static error => (error.Line ?? 0, error.Column ?? 0, error.Found ?? "")));
    }

    [Fact]
    public void Counts_columns_in_bytes()
    {
        var error = Assert.Single(Load.Host(Valid.Replace("/etc/azure\n", "/ä%\n", StringComparison.Ordinal) + "\n   ä ö = 5%").Errors, static error => error.Line == 5);

        Assert.Equal(14, error.Column);
    }

    [Fact]
    public void Does_not_quote_a_file_that_is_no_configuration()
    {
        var result = Load.Host("root:$y$j9T$secret:19000:0:99999:7:::\nuser:$6$secret:1\n");

        Assert.DoesNotContain("secret", Assert.Single(result.Errors).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_huge_file() =>
        Assert.Contains("1048576", Assert.Single(Load.Host(Valid + new string('\n', PlanFile.Limit)).Errors).Message, StringComparison.Ordinal);
}
