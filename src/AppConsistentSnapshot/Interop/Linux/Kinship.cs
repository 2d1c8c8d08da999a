namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>What a process is to a script.</summary>
internal enum Kinship
{
    /// <summary>It has nothing to do with it.</summary>
    None,

    /// <summary>It stems from it.</summary>
    Own,

    /// <summary>It is in the middle of an exec and has no environment to tell by; a moment later it has.</summary>
    Unclear,
}
