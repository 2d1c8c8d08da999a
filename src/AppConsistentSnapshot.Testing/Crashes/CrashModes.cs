namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>What may go wrong at a boundary without anybody breaking its contract.</summary>
[Flags]
internal enum CrashModes
{
    None = 0,

    /// <summary>The call fails.</summary>
    Throw = 1,

    /// <summary>The call does not return until its token fires.</summary>
    Hang = 2,

    /// <summary>The process dies.</summary>
    Kill = 4,

    All = Throw | Hang | Kill,
}
