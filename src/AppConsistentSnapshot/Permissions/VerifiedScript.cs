using System.Runtime.InteropServices;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Plans;

namespace AppConsistentSnapshot.Permissions;

/// <inheritdoc cref="IVerifiedScript"/>
internal sealed class VerifiedScript : IVerifiedScript
{
    private readonly Func<WalkResult> _walk;
    private readonly FileRole _role;
    private readonly string? _subject;
    private readonly FileIdentity _identity;
    private readonly IMemoryFile? _copy;

    // Held open, so that its inode number cannot be given to another file.
    private readonly SafeHandle _file;
    private bool _isDisposed;

    /// <param name="command">The script.</param>
    /// <param name="role">Which of the two.</param>
    /// <param name="subject">What errors are about.</param>
    /// <param name="checkedFile">What the first walk found, without findings. Owned.</param>
    /// <param name="copy">The checked copy. Owned.</param>
    /// <param name="walk">Checks the whole path again.</param>
    public VerifiedScript(ScriptCommand command, FileRole role, string? subject, WalkResult checkedFile, IMemoryFile? copy, Func<WalkResult> walk)
    {
        Command = command;
        _role = role;
        _subject = subject;
        _file = checkedFile.File!;
        _identity = checkedFile.Status.Identity;
        _copy = copy;
        _walk = walk;
    }

    public ScriptCommand Command { get; }

    public string? CheckedCopyPath => _isDisposed ? null : _copy?.Path;

    public SnapshotError? Recheck()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        using var now = _walk();
        if (now.Findings.Count > 0)
        {
            var first = now.Findings[0];
            var more = now.Findings.Count == 1 ? "" : $" (and {now.Findings.Count - 1} more)";
            return _role.ToError(first with { Message = $"since the check something was changed: {first.Message}{more}" }, _subject);
        }

        var difference = IdentityText.Difference(_identity, now.Status.Identity);
        return difference is null ? null : _role.ToError(
            new PathFinding
            {
                Path = Command.Path,
                Message = $"{PathText.Quote(Command.Path)} is no longer the file that was checked: {difference}.",
                Found = difference,
                Allowed = "no change between the check and the end of the run",
                Remedy = "Find out who changed it; change scripts only between runs.",
            },
            _subject);
    }

    public void Dispose()
    {
        _isDisposed = true;
        _file.Dispose();
        _copy?.Dispose();
    }
}
