namespace AppConsistentSnapshot.Diagnostics;

/// <summary>Every message that the library logs, a file an area. The ids are part of the contract: never reuse one.</summary>
/// <remarks>Ids: 100 plans, 200 permissions, 300 scripts, 400 freezing, 500 backends, 600 the run, 700 recovery and silence.</remarks>
internal static partial class Log;
