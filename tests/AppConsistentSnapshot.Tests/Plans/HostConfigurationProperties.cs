using System.Text;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Plans;
using CsCheck;

namespace AppConsistentSnapshot.Tests.Plans;

/// <summary>Whatever the bytes are: nothing but a result comes out, the same each time, and each error is complete.</summary>
public sealed class HostConfigurationProperties
{
    private static readonly Gen<string> Lines = Gen.OneOf(
        Gen.OneOf("[pre_post]", "[PRE_POST]", "[DEFAULT]", "[", "[]", "", "  ", "# x", " ; y", "= 5", "junk", "  indented", "timeoutInSeconds: 30"),
        Gen.Select(
            Gen.OneOf("numberOfPlugins", "timeoutInSeconds", "pluginName0", "PLUGINPATH0", "pluginConfigPath0", "pluginName1", "pluginPath1", "pluginConfigPath1", "pluginName9", "other"),
            Gen.OneOf(": ", "=", " = ", ":"),
            Gen.OneOf("1", "2", "0", "-1", "2147483647", "x", "", "/a", "/b", "relative", "%", "%%", "ScriptRunner", "/a ; b", "ä"),
            static (name, separator, value) => name + separator + value));

    private static readonly Gen<string> Files = Gen.Select(
        Lines.Array[0, 15], Gen.OneOf("\n", "\r\n", "\r"),
        static (lines, end) => string.Join(end, lines.Prepend("[pre_post]")));

    [Fact]
    public void Any_bytes_give_a_result() => Gen.Byte.Array[0, 200].Sample(Check, iter: 10_000);

    [Fact]
    public void Any_lines_give_a_result() => Files.Sample(static text => Check(Encoding.UTF8.GetBytes(text)), iter: 10_000);

    [Fact]
    public void Any_change_to_a_file_gives_a_result() =>
        Gen.Select(Files, Gen.Int[0, 1000], Gen.Int[0, 20], Gen.Byte.Array[0, 4]).Sample(static (text, start, length, inserted) =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            start %= bytes.Length + 1;
            Check([.. bytes.Take(start), .. inserted, .. bytes.Skip(start + length)]);
        }, iter: 10_000);

    [Fact]
    public void A_valid_file_comes_back_with_the_same_values() =>
        Gen.Select(Gen.Int[1, 1800], Gen.Int[1, 20], Gen.String[Gen.Char['!', '~'], 1, 10], Gen.OneOf(":", " = "), Gen.Bool, Gen.Bool)
            .Sample((timeout, count, path, separator, upper, reverse) =>
            {
                IEnumerable<string> lines = [$"timeoutInSeconds{separator}{timeout}", $"numberOfPlugins{separator}{count}", .. Enumerable.Range(0, count).SelectMany(Entry)];
                var text = string.Join('\n', (reverse ? lines.Reverse() : lines).Select(line => upper ? Upper(line, separator) : line).Prepend("[pre_post]"));

                var configuration = Load.Host(text).Configuration;

                Assert.Equal(TimeSpan.FromSeconds(timeout), configuration?.Timeout);
                Assert.Equal(Enumerable.Range(0, count).Select(i => $"/{i}/{path}"), configuration?.Plugins.Select(static plugin => plugin.PlanPath) ?? [], StringComparer.Ordinal);

                IEnumerable<string> Entry(int i) =>
                [
                    $"pluginName{i}{separator}ScriptRunner", $"pluginPath{i}{separator}/etc", $"pluginConfigPath{i}{separator}/{i}/{path.Replace("%", "%%", StringComparison.Ordinal)}",
                ];
            }, iter: 3_000);

    private static string Upper(string line, string separator)
    {
        var at = line.IndexOf(separator, StringComparison.Ordinal);
        return line[..at].ToUpperInvariant() + line[at..];
    }

    private static void Check(byte[] bytes)
    {
        var result = Load.Host(bytes);
        var again = Load.Host(bytes);

        Assert.Equal(result.Configuration is null, result.Errors.Count > 0);
        Assert.True(result.Configuration is null or { Plugins.Count: > 0 });
        Assert.All(result.Errors, static error => Assert.True(error.Is(ErrorCodes.IncorrectPluginhostFile)));
        Assert.All([.. result.Errors, .. result.Warnings], static error => Assert.NotNull(error.Line));
        Load.AssertComplete([.. result.Errors, .. result.Warnings], Load.HostPath);
        Assert.Equal(Describe(result), Describe(again));
    }

    private static string Describe(HostConfigurationLoadResult result) => string.Join('\n',
        result.Errors.Concat(result.Warnings).Select(static error => $"{error} {error.Line} {error.Column} {error.Found}").Append($"{result.Configuration?.Timeout} {result.Configuration?.Plugins.Count}"));
}
