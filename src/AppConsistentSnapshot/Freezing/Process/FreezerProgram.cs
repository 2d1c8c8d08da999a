namespace AppConsistentSnapshot.Freezing.Process;

/// <summary>A way to start the freezer.</summary>
/// <param name="Path">What is executed.</param>
/// <param name="Arguments">The arguments before its own, the zeroth too.</param>
internal sealed record FreezerProgram(string Path, IReadOnlyList<string> Arguments);
