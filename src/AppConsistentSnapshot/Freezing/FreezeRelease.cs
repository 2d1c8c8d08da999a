namespace AppConsistentSnapshot.Freezing;

/// <summary>Why the engine thaws.</summary>
internal enum FreezeRelease
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>It was asked to.</summary>
    Asked,

    /// <summary>A file system could not be frozen.</summary>
    Failure,

    /// <summary>The limit is over.</summary>
    Limit,

    /// <summary>The process that froze is gone, and the host thawed in its place.</summary>
    FreezerDied,
}
