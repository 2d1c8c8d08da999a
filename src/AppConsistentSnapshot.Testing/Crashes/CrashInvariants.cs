using AppConsistentSnapshot.Recovery;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Testing.Crashes;

/// <summary>What holds after every run and its recovery.</summary>
internal sealed class CrashInvariants
{
    private readonly CrashWorld _world;
    private readonly SnapshotReport? _report;
    private readonly IReadOnlyList<RecoveredRun> _recovered;
    private readonly List<string> _violations = [];

    public CrashInvariants(CrashWorld world, SnapshotReport? report, IReadOnlyList<RecoveredRun> recovered)
    {
        _world = world;
        _report = report;
        _recovered = recovered;
    }

    public async Task<IReadOnlyList<string>> FindAsync()
    {
        foreach (var mount in _world.FreezeController.Frozen)
        {
            _violations.Add($"'{mount}' stays frozen");
        }

        foreach (var (id, entry) in _world.Ledger.Participants)
        {
            CheckParticipant(id, entry);
        }

        foreach (var file in _world.Host.Files.Where(static file => file.EndsWith(".jsonl", StringComparison.Ordinal)))
        {
            _violations.Add($"'{file}' is still there");
        }

        await CheckSnapshotsAsync().ConfigureAwait(false);
        CheckVerdict();
        if (_world.Scene.FindViolations is { } find)
        {
            _violations.AddRange(await find().ConfigureAwait(false));
        }

        return _violations;
    }

    private void CheckParticipant(string id, CrashLedgerEntry entry)
    {
        var isReported = _report?.LeftBehind.Any(left => left.Kind is LeftBehindKind.QuiescedParticipant && left.Id == id) ?? false;
        Require(!entry.WasStarted || entry.IsResumed || isReported, $"'{id}' stays quiesced, and nobody says so");
        Require(entry.Resumes <= 1, $"the run resumed '{id}' {entry.Resumes} times");
        if (_world.KnownAsResumed.Contains(id, StringComparer.Ordinal) || _report is not null)
        {
            Require(entry.Recoveries == 0, $"'{id}' was resumed again although the end of its resume was known");
        }
    }

    private async Task CheckSnapshotsAsync()
    {
        string[] known = [.. _report?.Snapshots.Select(static snapshot => snapshot.Id) ?? [], .. _recovered.SelectMany(static run => run.KeptSnapshots)];
        var isReported = _report?.LeftBehind.Any(static left => left.Kind is LeftBehindKind.OrphanSnapshot) ?? false;
        foreach (var backend in _world.Backends)
        {
            foreach (var snapshot in await backend.ListAsync(CancellationToken.None).ConfigureAwait(false))
            {
                // The process may have died between the end of everything and telling it.
                var isFinished = snapshot.Consistency is not null && _report is null;
                Require(known.Contains(snapshot.Id, StringComparer.Ordinal) || isReported || isFinished, $"nobody knows of snapshot '{snapshot.Id}'");
                CheckLevel(snapshot.Consistency, $"snapshot '{snapshot.Id}'");
            }
        }
    }

    private void CheckVerdict()
    {
        if (_report is null)
        {
            return;
        }

        CheckLevel(_report.Consistency, "the report");
        Require(_report.Outcome is SnapshotOutcome.Succeeded || _report.Errors.Count > 0, "what is not a success does not say why");
        Require(_report.Consistency is ConsistencyLevel.None == (_report.Snapshots.Count == 0), "level and snapshots do not agree");
    }

    private void CheckLevel(ConsistencyLevel? level, string what)
    {
        var needsFreeze = _world.Scene.Participants.All(static participant => participant.Info.FreezeFileSystems);
        Require(level is not ConsistencyLevel.Application || _world.Ledger.CutWasQuiesced, $"{what} says 'application', but not all were quiesced at the cut");
        Require(level is null or < ConsistencyLevel.FileSystem || !needsFreeze || _world.Ledger.CutWasFrozen, $"{what} says '{level}', but not all was frozen at the cut");
    }

    private void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            _violations.Add(otherwise);
        }
    }
}
