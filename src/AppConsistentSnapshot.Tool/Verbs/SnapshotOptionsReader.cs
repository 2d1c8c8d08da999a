using System.CommandLine;
using AppConsistentSnapshot.Tool.Arguments;
using AppConsistentSnapshot.Tool.Catalog;

namespace AppConsistentSnapshot.Tool.Verbs;

/// <summary>What <c>list</c>, <c>mount</c> and <c>delete</c> have in common: they work on the snapshots of one backend.</summary>
internal sealed class SnapshotOptionsReader
{
    private readonly CommonOptions _common;
    private readonly BackendOptions _backends;

    public SnapshotOptionsReader(CommonOptions common, BackendCatalog catalog, Command command)
    {
        _common = common;
        _backends = new BackendOptions(catalog, "Backend that made the snapshot");
        _backends.AddTo(command);
    }

    /// <summary>Gets the snapshot's id, for those verbs that have one.</summary>
    public static Argument<string> MakeId() => new("ID") { Description = "The snapshot's id, from the report or from 'acsnap list'" };

    /// <summary>Reads the backend.</summary>
    /// <exception cref="UsageException">The command line is wrong.</exception>
    public BackendPick Read(VerbContext context, string? id, Action<UsageProblems>? more = null)
    {
        var problems = new UsageProblems();
        var notes = _common.PlanOptionsIn(context.Parse).Select(name => $"{name} has no effect: this verb uses no plan").ToList();
        if (id is { Length: 0 })
        {
            problems.Add("ID", id, "give a snapshot's id, from the report or from 'acsnap list'");
        }

        var pick = _backends.ReadOne(context.Parse, id, problems, notes);
        more?.Invoke(problems);
        context.Finish(problems, notes);
        return pick ?? throw new InvalidOperationException("A backend that is not there should have been refused.");
    }
}
