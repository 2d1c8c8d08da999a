namespace AppConsistentSnapshot.Interop;

/// <summary>A file that is only added to.</summary>
internal interface IJournalFile : IDisposable
{
    /// <summary>Adds bytes in one write(2).</summary>
    /// <param name="bytes">A whole record.</param>
    /// <param name="durable">Whether they have to be on the disk when this returns (fdatasync(2)).</param>
    Errno Append(ReadOnlySpan<byte> bytes, bool durable);
}
