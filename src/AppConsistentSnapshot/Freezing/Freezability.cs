namespace AppConsistentSnapshot.Freezing;

/// <summary>Whether a file system can be frozen.</summary>
public enum Freezability
{
    /// <summary>It can.</summary>
    CanFreeze = 0,

    /// <summary>Its type cannot be frozen.</summary>
    Unsupported = 1,

    /// <summary>It is on another machine, or served by another process: it is never touched.</summary>
    Remote = 2,
}
