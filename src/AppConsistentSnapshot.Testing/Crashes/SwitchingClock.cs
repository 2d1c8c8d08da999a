namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>The clock of whichever process is at work now.</summary>
internal sealed class SwitchingClock : TimeProvider
{
    private readonly Func<CrashScript> _script;

    public SwitchingClock(Func<CrashScript> script) => _script = script;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new MortalClock(_script()).CreateTimer(callback, state, dueTime, period);
}
