namespace AppConsistentSnapshot.Interop;

/// <summary>What an entry of a folder is.</summary>
internal enum FileKind
{
    Unknown,
    Regular,
    Folder,
    Link,
    Fifo,
    Socket,
    CharacterDevice,
    BlockDevice,
}
