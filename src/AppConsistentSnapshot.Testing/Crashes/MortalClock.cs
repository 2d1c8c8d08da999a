namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>The system's clock, for a process that may die: then none of its timers fires any more.</summary>
internal sealed class MortalClock : TimeProvider
{
    private readonly CrashScript _script;

    public MortalClock(CrashScript script) => _script = script;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        SystemClock.Instance.CreateTimer(
            inner =>
            {
                if (!_script.IsKilled)
                {
                    callback(inner);
                }
            },
            state, dueTime, period);
}
