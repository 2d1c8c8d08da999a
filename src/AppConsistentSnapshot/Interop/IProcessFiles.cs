namespace AppConsistentSnapshot.Interop;

/// <summary>What this process may write to without anybody asking it to.</summary>
internal interface IProcessFiles
{
    string? WorkingDirectory { get; }

    string TempFolder { get; }

    /// <summary>The regular files that this process has open for writing, with the descriptor's number.</summary>
    IReadOnlyList<(int Descriptor, string Path)> FindWritten();
}
