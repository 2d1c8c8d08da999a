namespace AppConsistentSnapshot.IntegrationTests.Scripts;

/// <summary>Tests that change something of the whole process, so that nothing may run beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
