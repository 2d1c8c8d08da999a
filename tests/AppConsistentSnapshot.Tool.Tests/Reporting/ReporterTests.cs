using System.Text;
using AppConsistentSnapshot.Reports;
using AppConsistentSnapshot.Tool.Rendering;
using AppConsistentSnapshot.Tool.Reporting;
using AppConsistentSnapshot.Tool.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace AppConsistentSnapshot.Tool.Tests.Reporting;

public sealed class ReporterTests
{
    [Fact]
    public void A_standard_error_that_nobody_reads_does_not_hold_up_who_reports()
    {
        using var writer = new BlockedWriter();
        using var reporter = new Reporter(Consoles.Create(writer, -1, isTerminal: false), new FakeTimeProvider());

        reporter.Note("first");
        Assert.True(writer.IsBlocked.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        for (var i = 0; i < 1000; i++)
        {
            reporter.Report(Make.Progress(StepName.Flush, StepStatus.Succeeded));
        }

        writer.Release.Set();
        reporter.Close();
        Assert.Equal(1001, writer.Lines);
    }

    [Fact]
    public void A_late_word_is_no_failure()
    {
        using var writer = new StringWriter();
        var reporter = new Reporter(Consoles.Create(writer, -1, isTerminal: false), new FakeTimeProvider());
        reporter.Note("in time");
        reporter.Dispose();

        reporter.Report(Make.Progress(StepName.Thaw, StepStatus.Succeeded));
        reporter.Error("late");

        Assert.Equal("acsnap: in time\n", writer.ToString());
    }

    private sealed class BlockedWriter : TextWriter
    {
        public ManualResetEventSlim IsBlocked { get; } = new();

        public ManualResetEventSlim Release { get; } = new();

        public int Lines { get; private set; }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new NotSupportedException("Lines are written as a whole.");

        public override void Write(string? value)
        {
            IsBlocked.Set();
            Release.Wait();
            Lines++;
        }
    }
}
