using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Interop;

/// <summary>Names in folders. Links are never followed as the last component.</summary>
internal interface IImageFiles
{
    /// <summary>The user that this process acts as.</summary>
    uint EffectiveUser { get; }

    /// <summary>Facts of a path.</summary>
    Errno Facts(string path, out FileFacts facts);

    /// <summary>Facts of something that is open.</summary>
    Errno Facts(SafeFileHandle file, out FileFacts facts);

    /// <summary>Facts of a name in a folder.</summary>
    Errno Facts(SafeFileHandle folder, string name, out FileFacts facts);

    /// <summary>Opens a folder; gives the path without links that it has.</summary>
    Errno OpenFolder(string path, out SafeFileHandle? folder, out string realPath);

    /// <summary>Opens a file to be read.</summary>
    Errno OpenRead(string path, out SafeFileHandle? file);

    /// <summary>Opens a file in a folder to be read.</summary>
    Errno OpenRead(SafeFileHandle folder, string name, out SafeFileHandle? file);

    /// <summary>Makes a file that only its owner can touch; EEXIST where the name is taken.</summary>
    Errno Create(SafeFileHandle folder, string name, out SafeFileHandle? file);

    /// <summary>Renames within a folder; EEXIST where the new name is taken and may not be replaced.</summary>
    Errno Rename(SafeFileHandle folder, string from, string to, bool replace);

    /// <summary>Removes a name from a folder.</summary>
    Errno Remove(SafeFileHandle folder, string name);

    /// <summary>The names in a folder.</summary>
    Errno List(SafeFileHandle folder, out IReadOnlyList<string> names);

    /// <summary>The bytes that can still be written on a file system by this user.</summary>
    Errno FindFreeBytes(SafeFileHandle folder, out long bytes);
}
