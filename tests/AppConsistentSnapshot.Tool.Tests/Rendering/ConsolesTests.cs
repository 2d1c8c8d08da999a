using AppConsistentSnapshot.Tool.Rendering;
using AppConsistentSnapshot.Tool.Tests.Support;

namespace AppConsistentSnapshot.Tool.Tests.Rendering;

public sealed class ConsolesTests
{
    [Fact]
    public void A_file_gets_no_escape_sequence_and_no_wrapped_line()
    {
        using var writer = new StringWriter();
        var page = new Page(Consoles.Create(writer, -1, isTerminal: false));
        var text = new string('x', 500);

        page.Line((text, Page.Bad), (" [bold]y[/]", Page.Good));

        Assert.Equal($"{text} [bold]y[/]\n", writer.ToString());
    }

    [Fact]
    public void A_report_in_a_file_has_no_escape_sequence()
    {
        using var writer = new StringWriter();

        ReportPage.Write(new Page(Consoles.Create(writer, -1, isTerminal: false)), Make.Report(errors: [Make.Error()], leftBehind: [Make.Frozen()]));

        Assert.DoesNotContain('\u001b', writer.ToString());
        Assert.Contains("fsfreeze -u /data", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_is_gone_is_remembered_and_does_not_throw()
    {
        using var writer = new TolerantWriter(new StreamWriter(new BrokenStream()) { AutoFlush = true });

        writer.Write("a");
        writer.Write("b");
        writer.Flush();

        Assert.Equal("nobody listens", writer.Failure?.Message);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("nobody listens");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("nobody listens");
    }
}
