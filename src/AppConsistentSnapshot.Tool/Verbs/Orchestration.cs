namespace AppConsistentSnapshot.Tool.Verbs;

/// <summary>Calls the orchestrator so that a request that contradicts itself is a wrong command line.</summary>
internal static class Orchestration
{
    /// <exception cref="UsageException">The orchestrator refused the request. Nothing was touched.</exception>
    public static async Task<T> AskAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (ArgumentException refusal)
        {
            var parameter = $" (Parameter '{refusal.ParamName}')";
            throw new UsageException([refusal.Message.Replace(parameter, string.Empty, StringComparison.Ordinal)]);
        }
    }
}
