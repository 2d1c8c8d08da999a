using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Empties one pipe into a sink.</summary>
[SupportedOSPlatform("linux")]
internal sealed class PipeDrain
{
    private readonly SafeFileHandle _reader;
    private readonly OutputStream _stream;
    private readonly IOutputSink _sink;

    public PipeDrain(SafeFileHandle reader, OutputStream stream, IOutputSink sink)
    {
        _reader = reader;
        _stream = stream;
        _sink = sink;
    }

    public bool IsAtEnd { get; private set; }

    public PollEntry PollEntry => new(IsAtEnd ? -1 : (int)_reader.DangerousGetHandle());

    /// <summary>Reads once. False when nothing is there now, or ever again.</summary>
    public bool ReadOnce(byte[] buffer) => ReadOnce(buffer, out _);

    /// <summary>Reads what is there, but no more than a full pipe: somebody may go on writing for ever.</summary>
    public void ReadWhatIsThere(byte[] buffer)
    {
        var left = Math.Max(ProcessCalls.PipeCapacity(_reader), 0);
        while (left > 0 && ReadOnce(buffer, out var count))
        {
            left -= count;
        }
    }

    private bool ReadOnce(byte[] buffer, out int count)
    {
        count = 0;
        if (IsAtEnd)
        {
            return false;
        }

        count = ProcessCalls.Read(_reader, buffer, out var errno);
        IsAtEnd = errno is not (Errno.None or Errno.EAGAIN) || (errno == Errno.None && count == 0);
        if (count > 0)
        {
            _sink.Write(_stream, buffer.AsSpan(0, count));
        }

        return count > 0;
    }
}
