namespace AppConsistentSnapshot.Orchestration;

/// <summary>What a caller may ask for. What it gets wrong here is misuse, and thrown.</summary>
internal static class RequestRules
{
    private static readonly TimeSpan LongestFreeze = TimeSpan.FromSeconds(60);

    public static void Check(SnapshotRequest request, bool needsVolumes)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Consistency is < ConsistencyLevel.Crash or > ConsistencyLevel.Application)
        {
            throw new ArgumentException($"Consistency must be Crash, FileSystem or Application, but is {request.Consistency}.", nameof(request));
        }

        if (request.Minimum is { } minimum && (minimum is < ConsistencyLevel.Crash or > ConsistencyLevel.Application || minimum > request.Consistency))
        {
            throw new ArgumentException($"Minimum must be Crash or above and at most the level asked for ({request.Consistency}), but is {minimum}.", nameof(request));
        }

        if (request.FreezeLimit is { } limit && (limit <= TimeSpan.Zero || limit > LongestFreeze))
        {
            throw new ArgumentException($"FreezeLimit must be more than zero and at most {LongestFreeze}, but is {limit}.", nameof(request));
        }

        if (needsVolumes && request.Volumes.Count == 0)
        {
            throw new ArgumentException("Volumes must name at least one mount point.", nameof(request));
        }

        if (request.Participants.GroupBy(static participant => participant.Id, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Participants must have different ids, but '{twice.Key}' is there {twice.Count()} times.", nameof(request));
        }
    }
}
