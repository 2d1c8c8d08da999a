namespace AppConsistentSnapshot.Interop;

/// <summary>What the host got to know of its freezer.</summary>
internal enum FreezerEvent
{
    /// <summary>Nothing in that time.</summary>
    Nothing,

    /// <summary>A message is in the buffer.</summary>
    Message,

    /// <summary>It is dead or dying, but a thread of it is still in the kernel.</summary>
    Dying,

    /// <summary>It is gone, and with it whatever it was calling.</summary>
    Gone,
}
