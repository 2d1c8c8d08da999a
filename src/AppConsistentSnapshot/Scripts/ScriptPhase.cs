namespace AppConsistentSnapshot.Scripts;

/// <summary>Which script of the pair.</summary>
internal enum ScriptPhase
{
    /// <summary>Quiesces the application.</summary>
    Pre,

    /// <summary>Resumes it.</summary>
    Post,
}
