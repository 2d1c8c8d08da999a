using System.Text;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Scripts;
using Microsoft.Extensions.Logging.Testing;

namespace AppConsistentSnapshot.Tests.Scripts;

public sealed class OutputLineReaderTests
{
    [Theory]
    [InlineData("a\nb\n", "a|b")]
    [InlineData("a\r\n\nlast", "a||last")]
    [InlineData("tab\there\u0007\u001b]0;title\u0007", "tab\\there\\x07\\x1b]0;title\\x07")]
    [InlineData("\u202Eevil\u2028x\u0085\u007f", "\\u{202e}evil\\u{2028}x\\x85\\x7f")]
    [InlineData("ä€😀", "ä€😀")]
    public async Task Lines_are_cut_and_made_harmless(string output, string lines) =>
        Assert.Equal(lines, string.Join('|', await Logged(Encoding.UTF8.GetBytes(output))));

    [Fact]
    public async Task A_line_in_pieces_is_one_line()
    {
        var bytes = Encoding.UTF8.GetBytes("ä line\nand €");
        Assert.Equal(["ä line", "and €"], await Logged([.. bytes.Select(static b => new[] { b })]), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Of_a_long_line_the_beginning_is_kept_and_the_rest_counted()
    {
        var lines = await Logged(Encoding.UTF8.GetBytes(new string('x', 10_000) + "\nnext\n"));
        Assert.Equal([new string('x', OutputLineReader.LineLimit) + "… [5904 more bytes]", "next"], lines, StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_is_no_text_is_replaced() => Assert.Equal(["a\uFFFDb\\x00"], await Logged([(byte)'a', 0xFF, (byte)'b', 0]), StringComparer.Ordinal);

    [Fact]
    public async Task Lines_that_the_logger_takes_too_slowly_are_counted()
    {
        var logger = new FakeLogger();
        var log = new OutputLog(logger, "pre-script", "/x");
        var reader = new OutputLineReader(OutputStream.StandardOutput, log);
        reader.Append(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500_000).Select(static i => $"{i}\n"))));
        log.Complete();
        await log.Written.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var records = logger.Collector.GetSnapshot();
        var lines = records.Count(static record => record.Id.Id == 301);
        var dropped = records.Where(static record => record.Id.Id == 302).Sum(static record => long.Parse(record.GetStructuredStateValue("Count")!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(500_000, lines + dropped);
    }

    private static async Task<IEnumerable<string?>> Logged(params byte[][] pieces)
    {
        var logger = new FakeLogger();
        var log = new OutputLog(logger, "pre-script", "/x");
        var reader = new OutputLineReader(OutputStream.StandardError, log);
        foreach (var piece in pieces)
        {
            reader.Append(piece);
        }

        reader.Flush();
        log.Complete();
        await log.Written.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return logger.Collector.GetSnapshot().Select(static record => record.GetStructuredStateValue("Line"));
    }
}
