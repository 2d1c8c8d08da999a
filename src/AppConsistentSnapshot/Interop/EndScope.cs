namespace AppConsistentSnapshot.Interop;

/// <summary>How much of what a script started is ended with it.</summary>
internal enum EndScope
{
    /// <summary>Its process group.</summary>
    Group,

    /// <summary>Everything that stems from it: its cgroup, its session, and whatever carries its marks in the environment.</summary>
    Everything,
}
