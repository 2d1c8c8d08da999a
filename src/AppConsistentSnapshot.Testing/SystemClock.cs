namespace AppConsistentSnapshot.Testing;

/// <summary>The system's clock, for fakes that were given none.</summary>
internal static class SystemClock
{
#pragma warning disable RS0030 // The one place in this assembly that names it.
    public static TimeProvider Instance => TimeProvider.System;
#pragma warning restore RS0030
}
