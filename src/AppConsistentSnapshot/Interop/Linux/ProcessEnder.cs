using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Signals what stems from a script, and waits until it is gone.</summary>
/// <remarks>On a thread of its own: to read another process's environment can block for as long as that one is stuck.</remarks>
[SupportedOSPlatform("linux")]
internal sealed class ProcessEnder
{
    // What leaves the scope without ending, by setpgid(2), gives no event.
    private const int LookAgainMilliseconds = 250;

    // An exec in progress is over in a few milliseconds. One that hangs is nobody's who could be waited for.
    private const int UnclearLooks = 50;
    private const int UnclearPauseMilliseconds = 4;

    private readonly ProcessFamily _family;
    private readonly ScriptCgroup? _cgroup;
    private readonly ProcessSignal _signal;
    private readonly EndScope _scope;
    private readonly bool _groupIsSignalled;
    private readonly Action<IReadOnlyList<int>> _alive;
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<int> _askedPids = [];
    private bool _asked;
    private int _unclearLooks;

    public ProcessEnder(
        ProcessFamily family, ScriptCgroup? cgroup, ProcessSignal signal, EndScope scope, bool groupIsSignalled, Action<IReadOnlyList<int>> alive)
    {
        _family = family;
        _cgroup = cgroup;
        _signal = signal;
        _scope = scope;
        _groupIsSignalled = groupIsSignalled;
        _alive = alive;
    }

    /// <param name="before">Must have ended first: the move to the cgroup.</param>
    /// <param name="waitLimit">Ends the waiting.</param>
    public async Task RunAsync(Task before, CancellationToken waitLimit)
    {
        KernelThread.StartOrBorrow("acsnap end", () => Run(before, waitLimit));
        await _gone.Task.WaitAsync(waitLimit).ConfigureAwait(false);
    }

    private void Run(Task before, CancellationToken waitLimit)
    {
        try
        {
            before.Wait(CancellationToken.None);
            if (_signal == ProcessSignal.Kill && _scope == EndScope.Everything)
            {
                _ = _cgroup?.Kill();
            }

            while (!Pass(waitLimit) && !waitLimit.IsCancellationRequested)
            {
            }
        }
#pragma warning disable CA1031 // The last frame of a thread: what is not handed on here would end the host.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Without a view of the processes nobody can say that they are gone. The caller's limit decides, and then it kills the group.
            _alive([_family.Leader]);
        }
    }

    // One look, one signal, one wait until all that were seen are gone. True when there was nobody.
    private bool Pass(CancellationToken waitLimit)
    {
        using var look = _family.Look(_scope);
        _alive([.. look.Members.Select(static member => member.Pid)]);

        // A look may have taken long. Once the caller went on there may be a next try, which looks the same.
        foreach (var member in look.Members.Where(member => IsToBeSignalled(member) && !waitLimit.IsCancellationRequested))
        {
            // It may have ended since; that is what is wanted.
            _ = member.Signal(_signal);
        }

        // What was unclear at the first look may turn out to belong, and is then still to be asked.
        _asked |= !look.IsUnclear;
        if (look.Members.Count > 0)
        {
            WaitForAll(look.Members);
            return false;
        }

        if (look.IsUnclear && ++_unclearLooks < UnclearLooks)
        {
            Thread.Sleep(UnclearPauseMilliseconds);
            return false;
        }

        _ = _gone.TrySetResult();
        return true;
    }

    private bool IsToBeSignalled(ProcessMember member) =>
        _signal == ProcessSignal.Kill || (!_asked && !(_groupIsSignalled && member.IsInGroup) && _askedPids.Add(member.Pid));

    private static void WaitForAll(IReadOnlyList<ProcessMember> members)
    {
        var entries = members.Select(static member => member.PollEntry).ToArray();
        var deadline = Environment.TickCount64 + LookAgainMilliseconds;
        while (entries.Any(static entry => entry.Descriptor >= 0))
        {
            var left = deadline - Environment.TickCount64;
            if (left <= 0 || ProcessCalls.Poll(entries, (int)left) != Errno.None)
            {
                return;
            }

            for (var i = 0; i < entries.Length; i++)
            {
                entries[i].Descriptor = entries[i].IsReady ? -1 : entries[i].Descriptor;
            }
        }
    }
}
