namespace AppConsistentSnapshot.Tool.Interop;

/// <summary>Standard output or error, written without a detour over <see cref="Console"/>.</summary>
/// <remarks>
/// <see cref="Console"/> sets the terminal up for reading keys at the first write. And where the stream was closed at the start (<c>&gt;&amp;-</c>),
/// its number may belong to a pipe of the runtime, which must not receive a report.
/// </remarks>
internal sealed class StandardStream : Stream
{
    private readonly int _descriptor;

    private StandardStream(int descriptor) => _descriptor = descriptor;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static Stream OpenOutput() => OperatingSystem.IsLinux() ? new StandardStream(1) : Console.OpenStandardOutput();

    public static Stream OpenError() => OperatingSystem.IsLinux() ? new StandardStream(2) : Console.OpenStandardError();

    /// <exception cref="IOException">Nobody reads any more, the disk is full, or there is no such stream.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!Native.IsInherited(_descriptor))
        {
            throw new IOException("it is closed");
        }

        Native.WriteAll(_descriptor, buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is kept here.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
