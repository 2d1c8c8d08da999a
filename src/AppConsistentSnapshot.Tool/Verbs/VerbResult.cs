using AppConsistentSnapshot.Tool.Rendering;

namespace AppConsistentSnapshot.Tool.Verbs;

/// <summary>What a verb has to say on standard output, in both forms, and its exit status.</summary>
internal sealed record VerbResult(int ExitCode, string Json, Action<Page> Person);
