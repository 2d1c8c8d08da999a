using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Plans;

namespace AppConsistentSnapshot.Permissions;

/// <summary>A script that the guard has checked and keeps open.</summary>
internal interface IVerifiedScript : IDisposable
{
    ScriptCommand Command { get; }

    /// <summary>The path under which the checked copy can be executed while this is alive, or null where none is kept (pre-script).</summary>
    string? CheckedCopyPath { get; }

    /// <summary>Asked immediately before each execution: null where the file at the path still is the one that was checked, else what changed.</summary>
    SnapshotError? Recheck();
}
