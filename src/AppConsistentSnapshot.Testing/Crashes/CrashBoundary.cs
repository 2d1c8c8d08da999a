namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>A place between two steps.</summary>
/// <param name="Name">Such as <c>after cut fake</c>, with a number where the name comes up again.</param>
/// <param name="Modes">What may go wrong there.</param>
internal sealed record CrashBoundary(string Name, CrashModes Modes);
