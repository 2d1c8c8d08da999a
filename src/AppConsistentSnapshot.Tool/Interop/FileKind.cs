namespace AppConsistentSnapshot.Tool.Interop;

/// <summary>What is at a path.</summary>
internal enum FileKind
{
    Missing = 0,
    Regular = 1,
    Folder = 2,
    Link = 3,
    Other = 4,
}
