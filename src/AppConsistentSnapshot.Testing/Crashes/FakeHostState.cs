using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>What outlives a process: files, and the table of those that are alive.</summary>
internal sealed class FakeHostState
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _locks = new(StringComparer.Ordinal);
    private readonly Dictionary<int, ProcessIdentity> _alive = [];
    private int _lastPid = 100;

    /// <summary>The folders that cannot be used, and why.</summary>
    public Dictionary<string, string> BadFolders { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the runtime folder lies in memory.</summary>
    public bool RuntimeIsInMemory { get; set; } = true;

    /// <summary>What a write answers, instead of being done.</summary>
    public Func<string, Errno> OnWrite { get; set; } = static _ => Errno.None;

    /// <summary>The paths of all files.</summary>
    public IReadOnlyList<string> Files
    {
        get
        {
            lock (_gate)
            {
                return [.. _files.Keys.Order(StringComparer.Ordinal)];
            }
        }
    }

    public ProcessIdentity StartProcess(int? pid = null)
    {
        lock (_gate)
        {
            var number = pid ?? ++_lastPid;
            return _alive[number] = new ProcessIdentity(number, StartTicks: 1000 + _alive.Count + ++_lastPid, "/usr/bin/fake");
        }
    }

    /// <summary>Ends a process; the kernel lets go of its locks.</summary>
    public void Kill(ProcessIdentity process)
    {
        lock (_gate)
        {
            _ = _alive.Remove(process.Pid);
            foreach (var path in _locks.Where(pair => pair.Value == process.Pid).Select(static pair => pair.Key).ToList())
            {
                _ = _locks.Remove(path);
            }
        }
    }

    public bool IsAlive(ProcessIdentity process)
    {
        lock (_gate)
        {
            return _alive.TryGetValue(process.Pid, out var now) && now.StartTicks == process.StartTicks;
        }
    }

    public Errno TryLock(string path, int pid)
    {
        lock (_gate)
        {
            _ = _files.TryAdd(path, []);
            return _locks.TryAdd(path, pid) ? Errno.None : Errno.EAGAIN;
        }
    }

    public void Unlock(string path, int pid)
    {
        lock (_gate)
        {
            if (_locks.TryGetValue(path, out var holder) && holder == pid)
            {
                _ = _locks.Remove(path);
            }
        }
    }

    public byte[]? Read(string path)
    {
        lock (_gate)
        {
            return _files.GetValueOrDefault(path);
        }
    }

    public bool TryCreate(string path)
    {
        lock (_gate)
        {
            return _files.TryAdd(path, []);
        }
    }

    public void Write(string path, ReadOnlySpan<byte> content, bool append)
    {
        lock (_gate)
        {
            _files[path] = append ? [.. _files.GetValueOrDefault(path) ?? [], .. content] : content.ToArray();
        }
    }

    public bool Remove(string path)
    {
        lock (_gate)
        {
            return _files.Remove(path);
        }
    }
}
