namespace AppConsistentSnapshot.Interop;

/// <summary>A program to start.</summary>
internal sealed class LaunchRequest
{
    /// <summary>What is executed, and the zeroth argument.</summary>
    public required string Path { get; init; }

    /// <summary>The further arguments, passed literally.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The whole environment, as <c>NAME=value</c>.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>Those entries of the environment by which, all together, whatever stems from this start can be told from everything else.</summary>
    public required IReadOnlyList<string> Marks { get; init; }

    /// <summary>The permissions that new files do not get.</summary>
    public required UnixFileMode Umask { get; init; }

    /// <summary>The name of the cgroup to be made for it; unique on this host.</summary>
    public required string CgroupName { get; init; }

    /// <summary>Takes its output.</summary>
    public required IOutputSink Output { get; init; }
}
