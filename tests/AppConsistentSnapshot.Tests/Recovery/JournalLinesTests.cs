using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Tests.Recovery;

/// <summary>The form of the journal.</summary>
public sealed class JournalLinesTests
{
    [Fact]
    public void A_record_is_one_line_and_comes_back_as_it_was()
    {
        var record = RecoveryBench.Quiescing(3, "d\nb", state: "{\"a\":\"\\n\"}") with { Status = StepStatus.TimedOut };
        var line = JournalLines.Write(record);

        Assert.Equal(line.Length - 1, line.AsSpan().IndexOf((byte)'\n'));
        var read = Assert.Single(JournalLines.Read(line, out var unreadable));
        Assert.Equal(0, unreadable);
        Assert.Equal((record.Index, record.Participant, record.State, record.Status), (read.Index, read.Participant, read.State, read.Status));
    }

    [Fact]
    public void Cut_off_anywhere_what_was_whole_is_read_and_the_rest_is_no_fault()
    {
        byte[] whole = [.. JournalLines.Write(RecoveryBench.Of(JournalEvent.Finished)), .. JournalLines.Write(RecoveryBench.Prepared())];
        var first = whole.AsSpan().IndexOf((byte)'\n');
        for (var length = 0; length < whole.Length; length++)
        {
            var records = JournalLines.Read(whole.AsSpan(0, length), out var unreadable);
            Assert.Equal(0, unreadable);
            Assert.InRange(records.Count, length > first ? 1 : 0, length >= whole.Length - 1 ? 2 : length >= first ? 1 : 0);
        }
    }

    [Theory]
    [InlineData("garbage\n", 1)]
    [InlineData("\n\n", 0)]
    [InlineData("{\"event\":\"Resu\u0018\n\u0018\n", 0)]
    [InlineData("{\"event\":\"SomethingNew\",\"at\":\"2026-01-01T00:00:00Z\"}\n", 1)]
    public void What_cannot_be_read_is_counted(string text, int expected)
    {
        Assert.Empty(JournalLines.Read(System.Text.Encoding.UTF8.GetBytes(text), out var unreadable));
        Assert.Equal(expected, unreadable);
    }
}
