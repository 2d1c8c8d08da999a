namespace AppConsistentSnapshot.Interop;

/// <summary>Takes what a process writes. Called by the thread that drains its pipes: it must neither block nor throw.</summary>
internal interface IOutputSink
{
    void Write(OutputStream stream, ReadOnlySpan<byte> bytes);
}
