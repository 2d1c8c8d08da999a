using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Journals;

/// <summary>The journals in the two folders. Either folder may be missing.</summary>
internal sealed class JournalStore : IDisposable
{
    private readonly IJournalFolder? _durable;
    private readonly IJournalFolder? _runtime;

    public JournalStore(IJournalFolder? durable, IJournalFolder? runtime)
    {
        _durable = durable;
        _runtime = runtime;
    }

    /// <summary>The runs that there are files of, the oldest first.</summary>
    public IReadOnlyList<string> ListRuns(ICollection<SnapshotError> errors) =>
        [.. List(_durable, errors).Union(List(_runtime, errors), StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Reads what is there of a run.</summary>
    public RunState Read(string runId, ICollection<SnapshotError> errors, out int unreadable)
    {
        var durable = Read(_durable, JournalNames.Run(runId), errors, out unreadable);
        var runtime = Read(_runtime, JournalNames.Freeze(runId), errors, out var more);
        unreadable += more;
        return new RunState(durable, runtime);
    }

    /// <summary>Opens the files of a run to be added to. The first record ends a line that somebody died in.</summary>
    public (IJournalFile? Durable, IJournalFile? Runtime) Open(string runId) =>
        (Open(_durable, JournalNames.Run(runId)), Open(_runtime, JournalNames.Freeze(runId)));

    /// <summary>Removes the files of a run.</summary>
    public Errno Remove(string runId)
    {
        var runtime = _runtime?.Remove(JournalNames.Freeze(runId)) ?? Errno.None;
        var durable = _durable?.Remove(JournalNames.Run(runId)) ?? Errno.None;
        var errno = durable is Errno.None or Errno.ENOENT ? runtime : durable;
        return errno == Errno.ENOENT ? Errno.None : errno;
    }

    public string PathOf(string runId) => Path.Combine((_durable ?? _runtime)?.Path ?? "/", JournalNames.Run(runId));

    public void Dispose()
    {
        _durable?.Dispose();
        _runtime?.Dispose();
    }

    private static IEnumerable<string> List(IJournalFolder? folder, ICollection<SnapshotError> errors)
    {
        if (folder is null)
        {
            return [];
        }

        var errno = folder.List(out var names);
        if (errno != Errno.None)
        {
            errors.Add(JournalErrors.FileUnusable(folder.Path, errno));
        }

        return names.Select(JournalNames.FindRun).OfType<string>();
    }

    private static IReadOnlyList<JournalRecord> Read(IJournalFolder? folder, string name, ICollection<SnapshotError> errors, out int unreadable)
    {
        unreadable = 0;
        if (folder is null)
        {
            return [];
        }

        var errno = folder.Read(name, out var content);
        if (errno is not (Errno.None or Errno.ENOENT))
        {
            errors.Add(JournalErrors.FileUnusable(Path.Combine(folder.Path, name), errno));
        }

        return JournalLines.Read(content, out unreadable);
    }

    private static IJournalFile? Open(IJournalFolder? folder, string name)
    {
#pragma warning disable CA2000 // The caller owns it.
        IJournalFile? file = null;
        if (folder?.Open(name, out file) is not Errno.None || file is null)
        {
            return null;
        }
#pragma warning restore CA2000

        _ = file.Append(JournalLines.EndOfTornLine, durable: false);
        return file;
    }
}
