using System.Text;
using System.Text.Json;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Freezing.Process;
using Microsoft.Extensions.Logging.Abstractions;

namespace AppConsistentSnapshot.TestHost;

/// <summary>
/// A host to be killed: one line in is one command, one line out is its result. <c>arm PROGRAM MOUNT…</c>, <c>freeze SECONDS</c>, <c>verify</c>,
/// <c>thaw</c>, <c>owe JSON</c>, <c>stage NUMBER STAGE</c>, <c>write FILE</c> (on a thread that then blocks in the kernel).
/// </summary>
internal sealed class HostConsole
{
    private readonly TextReader _input;
    private readonly TextWriter _output;
    private FreezerProcess? _freezer;
    private IPreparedFreeze? _freeze;
    private IFreezeLease? _lease;

    public HostConsole(TextReader input, TextWriter output)
    {
        _input = input;
        _output = output;
    }

    public async Task<int> RunAsync()
    {
        while (await _input.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            string answer;
            try
            {
                answer = await ExecuteAsync(line.Split(' ', 2)).ConfigureAwait(false);
            }
            catch (FreezeException error)
            {
                answer = "failed " + string.Join("; ", error.Errors.Select(static e => e.Message));
            }

            await _output.WriteLineAsync(answer).ConfigureAwait(false);
            await _output.FlushAsync().ConfigureAwait(false);
        }

        return 0;
    }

    private async Task<string> ExecuteAsync(string[] words)
    {
        var rest = words.Length > 1 ? words[1] : "";
        switch (words[0])
        {
            case "arm":
                return await ArmAsync(rest.Split(' ')).ConfigureAwait(false);
            case "freeze":
                _lease = await _freeze!.FreezeAsync(TimeSpan.FromSeconds(double.Parse(rest, System.Globalization.CultureInfo.InvariantCulture)), CancellationToken.None).ConfigureAwait(false);
                return "frozen";
            case "verify":
                return await _lease!.VerifyHeldAsync().ConfigureAwait(false) ? "held" : "lost";
            case "thaw":
                var result = await _lease!.ThawAsync().ConfigureAwait(false);
                return $"thawed byLimit={result.EndedByLimit} held={result.HeldThroughout} errors={string.Join(',', result.Errors.Select(static e => e.Code))}";
            case "owe":
                return $"owes {_freezer!.Owe(JsonSerializer.Deserialize(rest, ResumeObligationJsonContext.Default.ResumeObligation)!)}";
            case "stage":
                var parts = rest.Split(' ');
                _freezer!.Enter(int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), Enum.Parse<ObligationStage>(parts[1]));
                return "entered";
            case "write":
                new Thread(() => File.WriteAllBytes(rest, Encoding.ASCII.GetBytes("late"))) { IsBackground = true }.Start();
                return "writing";
            default:
                return "unknown";
        }
    }

    private async Task<string> ArmAsync(string[] words)
    {
        var options = new SnapshotOptions { FreezerPath = words[0] };
#pragma warning disable RS0030 // A composition root.
        var time = TimeProvider.System;
#pragma warning restore RS0030
        var mounts = words[1..].Where(static word => word.Length > 0).ToArray();
        if (mounts.Length == 0)
        {
            var engines = (FreezerProcessFactory)FreezeController.Engines(options, new Interop.Linux.LinuxFreezeSystemCalls(), time, NullLoggerFactory.Instance);
            _freezer = await engines.ArmAsync([], CancellationToken.None).ConfigureAwait(false);
        }
        else
        {
            var controller = FreezeController.OfThisMachine(options, time, NullLoggerFactory.Instance);
            _freeze = await controller.PrepareAsync(mounts, CancellationToken.None).ConfigureAwait(false);
            await ((IArmedFreeze)_freeze).ArmAsync(CancellationToken.None).ConfigureAwait(false);
            _freezer = (FreezerProcess)((IArmedFreeze)_freeze).Freezer!;
        }

        return $"armed {_freezer.ProcessId} {string.Join('|', _freezer.Warnings.Select(static w => w.Message))}";
    }
}
