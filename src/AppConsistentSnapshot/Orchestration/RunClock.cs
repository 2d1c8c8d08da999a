namespace AppConsistentSnapshot.Orchestration;

/// <summary>Which try it was, when it began and how long it took.</summary>
internal sealed record RunClock(int Attempt, DateTimeOffset StartedAt, TimeSpan Duration);
