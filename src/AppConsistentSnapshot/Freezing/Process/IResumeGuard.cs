namespace AppConsistentSnapshot.Freezing.Process;

/// <summary>Resumes applications if this process dies.</summary>
internal interface IResumeGuard
{
    /// <summary>Tells of an application that is about to be quiesced.</summary>
    /// <param name="obligation">What would have to be done.</param>
    /// <returns>Its number, or <see langword="null"/> where nobody guards it: the guard is gone, or the obligation is larger than a message.</returns>
    int? Owe(ResumeObligation obligation);

    /// <summary>Tells where it stands. Numbers of nothing change nothing.</summary>
    void Enter(int? obligation, ObligationStage stage);
}
