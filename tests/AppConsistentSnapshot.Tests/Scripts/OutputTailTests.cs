using System.Text;
using AppConsistentSnapshot.Scripts;
using CsCheck;

namespace AppConsistentSnapshot.Tests.Scripts;

public sealed class OutputTailTests
{
    [Fact]
    public void Nothing_written_is_nothing() => Assert.Null(new OutputTail().Text());

    [Fact]
    public void What_fits_is_kept_as_it_is()
    {
        var tail = new OutputTail();
        tail.Append("ä\n"u8);
        tail.Append(Encoding.UTF8.GetBytes(new string('x', OutputTail.Limit - 3)));
        Assert.Equal("ä\n" + new string('x', OutputTail.Limit - 3), tail.Text());
    }

    [Fact]
    public void Of_more_the_end_is_kept_with_a_note()
    {
        var tail = new OutputTail();
        for (var i = 0; i < 100_000; i++)
        {
            tail.Append(Encoding.UTF8.GetBytes($"{i}\n"));
        }

        var text = tail.Text()!;
        Assert.StartsWith("[only the end of 588890 bytes]\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n99998\n99999\n", text, StringComparison.Ordinal);
        Assert.Equal(OutputTail.Limit, Encoding.UTF8.GetByteCount(text));
    }

    [Fact]
    public void A_character_is_never_torn()
    {
        var tail = new OutputTail();
        tail.Append(Encoding.UTF8.GetBytes("x" + string.Concat(Enumerable.Repeat("😀", OutputTail.Limit / 2))));
        Assert.DoesNotContain('\uFFFD', tail.Text()!);
    }

    [Fact]
    public void It_is_valid_bounded_and_ends_as_what_was_written_whatever_that_is() =>
        Gen.Byte.Array[0, 40_000].Array[0, 6].Sample(static pieces =>
        {
            var tail = new OutputTail();
            foreach (var piece in pieces)
            {
                tail.Append(piece);
            }

            var all = Encoding.UTF8.GetString([.. pieces.SelectMany(static piece => piece)]);
            var text = tail.Text() ?? "";
            Assert.InRange(Encoding.UTF8.GetByteCount(text), 0, OutputTail.Limit);
            Assert.Equal(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

            // Where a cut tore invalid bytes apart they may read differently, but no further in than a character is long.
            var kept = text[(text.StartsWith("[only", StringComparison.Ordinal) ? text.IndexOf('\n', StringComparison.Ordinal) + 1 : 0)..];
            Assert.EndsWith(kept.Length > 8 ? kept[8..] : "", all, StringComparison.Ordinal);
        }, iter: 60);
}
