namespace AppConsistentSnapshot.Interop;

/// <summary>A lock that is held. The kernel lets go of it when the process ends in any way; disposing it does so before.</summary>
internal interface IFileLock : IDisposable
{
    /// <summary>Replaces what the locked file says.</summary>
    Errno Write(ReadOnlySpan<byte> content);
}
