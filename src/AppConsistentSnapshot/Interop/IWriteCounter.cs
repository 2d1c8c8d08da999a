namespace AppConsistentSnapshot.Interop;

/// <summary>Counts the writes to one block device. Open from the start, so that reading it in a freeze opens nothing.</summary>
internal interface IWriteCounter : IDisposable
{
    /// <summary>Reads the counters; what is under way is read before what is done, so that no write can slip through between them.</summary>
    Errno Read(out DeviceWrites writes);
}
