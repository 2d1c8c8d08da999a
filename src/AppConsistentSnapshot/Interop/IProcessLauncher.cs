namespace AppConsistentSnapshot.Interop;

/// <summary>Starts programs: own session, no inherited descriptors, default signal dispositions, working directory <c>/</c>.</summary>
internal interface IProcessLauncher
{
    /// <summary>Starts a program. It does not throw for what the kernel answers, and it cannot be cancelled: who stops waiting ends what still comes.</summary>
    Task<LaunchResult> LaunchAsync(LaunchRequest request);
}
