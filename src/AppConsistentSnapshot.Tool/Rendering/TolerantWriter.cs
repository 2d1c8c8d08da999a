using System.Text;

namespace AppConsistentSnapshot.Tool.Rendering;

/// <summary>A writer that remembers instead of throwing when the other side is gone or full: the verdict of a run does not depend on who listens.</summary>
internal sealed class TolerantWriter : TextWriter
{
    private readonly TextWriter _inner;

    public TolerantWriter(TextWriter inner)
        : base(inner.FormatProvider) => _inner = inner;

    /// <summary>Gets why nothing more could be written, or null.</summary>
    public Exception? Failure { get; private set; }

    public override Encoding Encoding => _inner.Encoding;

    public override void Write(char value) => Try(() => _inner.Write(value));

    public override void Write(string? value) => Try(() => _inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => _inner.Write(buffer, index, count));

    public override void Flush() => Try(_inner.Flush);

    private void Try(Action write)
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException or NotSupportedException)
        {
            Failure = failure;
        }
    }
}
