namespace AppConsistentSnapshot.Interop;

/// <summary>Folders that only this user can touch.</summary>
internal interface IJournalFolders
{
    /// <summary>Opens a folder and checks who can touch it; a symbolic link is refused.</summary>
    /// <param name="path">Where.</param>
    /// <param name="create">Whether it is made, with all above it, where it is not there.</param>
    /// <param name="problem">Why there is none, with the command that mends it where one does; null where it is just not there.</param>
    IJournalFolder? Open(string path, bool create, out string? problem);
}
