namespace AppConsistentSnapshot.Interop;

/// <summary>What a name in a folder stands for, as far as it matters here.</summary>
internal enum FileKind
{
    Other = 0,
    Regular = 1,
    Folder = 2,
    Link = 3,
}
