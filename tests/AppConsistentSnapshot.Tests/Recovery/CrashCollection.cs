namespace AppConsistentSnapshot.Tests.Recovery;

/// <summary>Thousands of runs: by themselves, so that tests with a real clock do not starve next to them.</summary>
[CollectionDefinition(nameof(CrashCollection), DisableParallelization = true)]
public sealed class CrashCollection;
