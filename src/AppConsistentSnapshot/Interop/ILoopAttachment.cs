namespace AppConsistentSnapshot.Interop;

/// <summary>A loop device that a file was attached to. Disposing it lets go: the kernel detaches the file when nothing is mounted from it any more.</summary>
internal interface ILoopAttachment : IDisposable
{
    /// <summary>Such as <c>/dev/loop3</c>.</summary>
    string Device { get; }

    /// <summary>Its <c>major:minor</c>.</summary>
    string DeviceNumber { get; }
}
