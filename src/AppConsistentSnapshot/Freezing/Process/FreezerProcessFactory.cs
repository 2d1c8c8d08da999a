using System.Globalization;
using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Freezing.Process;

/// <summary>Starts freezers, each a process of its own.</summary>
internal sealed class FreezerProcessFactory : IFreezeEngineFactory
{
    // A machine that is busy with a backup may be slow; nothing is quiesced yet.
    private static readonly TimeSpan ArmingLimit = TimeSpan.FromSeconds(30);

    private readonly IFreezerLauncher _launcher;
    private readonly FreezerLocator _locator;
    private readonly IFreezeSystemCalls _kernel;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;

    public FreezerProcessFactory(
        IFreezerLauncher launcher, FreezerLocator locator, IFreezeSystemCalls kernel, TimeProvider timeProvider, ILogger<FreezerProcessFactory> logger)
    {
        _launcher = launcher;
        _locator = locator;
        _kernel = kernel;
        _timeProvider = timeProvider;
        _logger = logger;
    }

    async ValueTask<IFreezer> IFreezeEngineFactory.ArmAsync(IReadOnlyList<FreezeTarget> targets, CancellationToken cancellationToken) =>
        await ArmAsync(targets, cancellationToken).ConfigureAwait(false);

    /// <summary>Starts a freezer and waits until it is armed. One without file systems still resumes applications if this process dies.</summary>
    /// <exception cref="FreezeException">None can be had.</exception>
    public async Task<FreezerProcess> ArmAsync(IReadOnlyList<FreezeTarget> targets, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var program in _locator.Find())
        {
            if (await TryArmAsync(program, targets, problems, cancellationToken).ConfigureAwait(false) is { } freezer)
            {
                return freezer;
            }
        }

        var looked = string.Join(", ", _locator.Candidates.Select(static path => $"'{path}'"));
        var why = problems.Count == 0 ? $"looked at {looked}" : string.Join("; ", problems);
        throw new FreezeException([new SnapshotError(
            ErrorCodes.FreezerUnavailable, $"The program that freezes and thaws cannot be started, so nothing is frozen: {why}") { Path = _locator.Candidates[0] }]);
    }

    private static FreezerLaunch Launch(FreezerProgram program, IReadOnlyList<FreezeTarget> targets) => new()
    {
        Path = program.Path,
        Arguments =
        [
            .. program.Arguments,
            FreezerProtocol.Version.ToString(CultureInfo.InvariantCulture),
            Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            .. targets.Select(static target => target.Level.ToString(CultureInfo.InvariantCulture)),
        ],
        Environment = FreezerEnvironment.Build(),
        FileSystems = [.. targets.Select(static target => target.Descriptor.Handle)],
    };

    private async Task<FreezerProcess?> TryArmAsync(
        FreezerProgram program, IReadOnlyList<FreezeTarget> targets, List<string> problems, CancellationToken cancellationToken)
    {
        var launch = Launch(program, targets);

        // posix_spawn waits for the exec, and that for the disk.
        var (link, errno) = await DedicatedThread.RunAsync("freezer", () => (_launcher.Launch(launch, out var unable), unable)).ConfigureAwait(false);
        if (link is null)
        {
            problems.Add($"'{program.Path}' could not be started: {errno.Describe()}");
            return null;
        }

#pragma warning disable CA2000 // The caller disposes it; where it did not become ready, this does.
        var freezer = new FreezerProcess(link, _kernel, _timeProvider, targets);
#pragma warning restore CA2000
        try
        {
            var weakness = await freezer.ArmAsync(ArmingLimit, cancellationToken).ConfigureAwait(false);
            _logger.FreezerArmed(freezer.ProcessId, program.Arguments[^1], weakness.ToString());
            return freezer;
        }
        catch (Exception error)
        {
            freezer.Kill();
            await freezer.DisposeAsync().ConfigureAwait(false);
            if (error is not (IOException or TimeoutException))
            {
                throw;
            }

            problems.Add($"'{program.Arguments[^1]}' was not ready: {error.Message}");
            return null;
        }
    }
}
