namespace AppConsistentSnapshot.Tool.Reporting;

/// <summary>What a line of text is.</summary>
internal enum TextKind
{
    Note = 0,
    Log = 1,
    LogWarning = 2,
    Error = 3,
}
