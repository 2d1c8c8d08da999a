using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Permissions;

/// <summary>Makes the copy of the post-script that runs if the file is changed during the run: sealed, in memory, gone with this process.</summary>
internal sealed class CheckedCopyMaker
{
    private readonly CheckedContent _content;
    private readonly IMemoryFileFactory _memoryFiles;

    public CheckedCopyMaker(CheckedContent content, IMemoryFileFactory memoryFiles)
    {
        _content = content;
        _memoryFiles = memoryFiles;
    }

    /// <summary>Copies from the checked descriptor.</summary>
    /// <param name="file">The checked file.</param>
    /// <param name="path">Its path.</param>
    /// <param name="finding">What is wrong with the file itself.</param>
    /// <param name="problem">Why this machine allows no copy. The file can be executed all the same.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    public IMemoryFile? Make(WalkResult file, string path, out PathFinding? finding, out Errno problem, CancellationToken cancellationToken)
    {
        finding = null;
        var copy = _memoryFiles.Create("acsnap-post-script", out problem);
        if (copy is null)
        {
            return null;
        }

        var isKept = false;
        try
        {
            var appended = Errno.None;
            finding = _content.Read(file, path, bytes => appended = copy.Append(bytes), cancellationToken);

            // Too little memory says nothing against the file.
            finding = appended == Errno.None ? finding : null;
            problem = appended != Errno.None ? appended : finding is null ? copy.Seal() : Errno.None;
            isKept = finding is null && problem == Errno.None;
            return isKept ? copy : null;
        }
        finally
        {
            if (!isKept)
            {
                copy.Dispose();
            }
        }
    }

    /// <summary>Says that there is no copy, and what follows from that.</summary>
    public static SnapshotError Unavailable(string path, string subject, Errno problem) =>
        new(ErrorCodes.CheckedCopyUnavailable,
            $"No executable copy of the post-script {PathText.Quote(path)} can be kept in memory ({problem.Describe()}). " +
            "If the file is changed during the run, the post-script cannot run.")
        {
            Subject = subject,
            Path = path,
            Field = FileRole.PostScript.Field,
            Errno = (int)problem,
        };
}
