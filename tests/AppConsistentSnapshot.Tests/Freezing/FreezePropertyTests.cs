using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Testing.Kernel;
using CsCheck;

namespace AppConsistentSnapshot.Tests.Freezing;

/// <summary>Random lives of a freeze: whatever happens in whatever order, nothing stays frozen and nobody else's freeze is thawed.</summary>
public sealed class FreezePropertyTests
{
    private static readonly Errno[] Errors = [Errno.EIO, Errno.EPERM, Errno.EBUSY, Errno.EOPNOTSUPP, Errno.ENOMEM];

    private enum Trouble
    {
        None,
        FailsToFreeze,
        HangsInFreeze,
        HangsAndFails,
        FrozenBySomebodyElse,
        ThawedBySomebodyElse,
        HangsInProbe,
        HangsInThaw,
        ProbeFails,
    }

    private enum Act
    {
        Verify,
        Thaw,
        Advance,
        Cancel,
        LetGo,
        Dispose,
    }

    [Fact]
    public void Nothing_stays_frozen_and_no_foreign_freeze_is_thawed() =>
        Gen.Select(
            Gen.Enum<Trouble>().Array[1, 4],
            Gen.Int[0, 5],
            Gen.Enum<Act>().Array[0, 8],
            Gen.Bool)
        .Sample((troubles, error, acts, stacked) => LiveAsync(troubles, Errors[error % Errors.Length], acts, stacked).GetAwaiter().GetResult(), iter: 300, threads: 1);

    private static async Task<bool> LiveAsync(Trouble[] troubles, Errno error, Act[] acts, bool stacked)
    {
        var fixture = new FreezeFixture();
        var hangs = new List<FakeHang>();
        var paths = new List<string>();
        FakeFileSystem? below = null;
        for (var i = 0; i < troubles.Length; i++)
        {
            var path = $"/m{i}";
            below = stacked && below is not null ? fixture.Kernel.AddLoop(path, below) : fixture.Kernel.Add(path);
            paths.Add(path);
        }

        // From the innermost on: somebody else has to keep the order too.
        for (var i = troubles.Length - 1; i >= 0; i--)
        {
            Prepare(fixture.Kernel.FileSystems[i + 1], troubles[i], error, hangs);
        }

        using var caller = new CancellationTokenSource();
        var prepared = await fixture.PrepareAsync([.. paths]);
        var freeze = prepared.FreezeAsync(FreezeFixture.Limit, caller.Token).AsTask();
        var pending = new List<Task>();
        foreach (var act in acts)
        {
            await ActAsync(act, fixture, freeze, hangs, caller, pending);
        }

        await EndAsync(fixture, freeze, hangs, pending, prepared);
        var foreign = fixture.Kernel.FileSystems.Where(fileSystem => fileSystem.Holder == FakeHolder.SomebodyElse).ToList();

        // A freeze of what lies on a foreign one waits for its owner, and has to be undone then.
        foreign.ForEach(fileSystem => fileSystem.ThawBySomebodyElse());
        fixture.AssertNothingIsLeft();
        return foreign.Count == troubles.Count(trouble => trouble == Trouble.FrozenBySomebodyElse);
    }

    private static void Prepare(FakeFileSystem fileSystem, Trouble trouble, Errno error, List<FakeHang> hangs)
    {
        switch (trouble)
        {
            case Trouble.FailsToFreeze:
                fileSystem.Freezes.Fail(error);
                break;
            case Trouble.HangsInFreeze:
                hangs.Add(fileSystem.Freezes.Hang());
                break;
            case Trouble.HangsAndFails:
                hangs.Add(fileSystem.Freezes.Hang(error));
                break;
            case Trouble.FrozenBySomebodyElse:
                fileSystem.FreezeBySomebodyElse();
                break;
            case Trouble.ThawedBySomebodyElse:
                fileSystem.Freezes.Pass();
                fileSystem.Freezes.Precede(() => fileSystem.ThawBySomebodyElse());
                break;
            case Trouble.HangsInProbe:
                fileSystem.Freezes.Pass();
                hangs.Add(fileSystem.Freezes.Hang());
                break;
            case Trouble.HangsInThaw:
                hangs.Add(fileSystem.Thaws.Hang());
                break;
            case Trouble.ProbeFails:
                fileSystem.Freezes.Pass();
                fileSystem.Freezes.Fail(error);
                break;
        }
    }

    private static async Task ActAsync(
        Act act, FreezeFixture fixture, Task<IFreezeLease> freeze, List<FakeHang> hangs, CancellationTokenSource caller, List<Task> pending)
    {
        switch (act)
        {
            case Act.Advance:
                fixture.Time.Advance(TimeSpan.FromSeconds(4));
                break;
            case Act.Cancel:
                await caller.CancelAsync();
                break;
            case Act.LetGo:
                hangs.ForEach(hang => hang.LetGo());
                break;
            default:
                pending.Add(OnLeaseAsync(act, freeze));
                break;
        }
    }

    private static async Task OnLeaseAsync(Act act, Task<IFreezeLease> freeze)
    {
        IFreezeLease lease;
        try
        {
            lease = await freeze;
        }
        catch (Exception error) when (error is FreezeException or OperationCanceledException)
        {
            return;
        }

        switch (act)
        {
            case Act.Verify:
                await lease.VerifyHeldAsync();
                break;
            case Act.Thaw:
                await lease.ThawAsync();
                break;
            default:
                await lease.DisposeAsync();
                break;
        }
    }

    // The run ends as every run does: the caller disposes. What hangs comes back in the end; time goes on until then.
    private static async Task EndAsync(
        FreezeFixture fixture, Task<IFreezeLease> freeze, List<FakeHang> hangs, List<Task> pending, IPreparedFreeze prepared)
    {
        pending.Add(OnLeaseAsync(Act.Dispose, freeze));
        hangs.ForEach(hang => hang.LetGo());
        var all = Task.WhenAll(pending);
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                fixture.Time.Advance(TimeSpan.FromSeconds(1));
                return all.IsCompleted;
            },
            TimeSpan.FromSeconds(30)));
        await all;
        await prepared.DisposeAsync();
        Assert.True(freeze.IsCompleted);
    }
}
