using System.Collections.Concurrent;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.Interop;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Tests.Freezing.Process;

/// <summary>The host's side, with a freezer that dies as it likes.</summary>
public sealed class FreezerProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly FakeFreezerLink _link = new();
    private readonly ThawRecorder _kernel = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<FreezeNotice> _notices = new();
    private readonly SafeFileHandle[] _handles = [new(-1, ownsHandle: false), new(-1, ownsHandle: false), new(-1, ownsHandle: false)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Thaws_what_the_dead_freezer_had_noted_as_frozen_and_nothing_else()
    {
        var freezer = await ArmAsync();
        freezer.Start(_notices.Enqueue).Freeze(Limit);
        _link.Note(0, FreezePhase.Frozen);
        _link.Note(1, FreezePhase.Refused);
        _link.Note(2, FreezePhase.Thawed);
        _link.Die(FreezerEvent.Gone);
        await freezer.HungUp.WaitAsync(Patience, Token);
        Assert.Equal([_handles[0]], _kernel.Thawed);
        Assert.Equal([FreezeNoticeKind.Released, FreezeNoticeKind.Ended, FreezeNoticeKind.Settled], _notices.Select(static notice => notice.Kind));
        Assert.All(_notices, static notice => Assert.Equal(FreezeRelease.FreezerDied, notice.Release));
        Assert.True(_link.IsDisposed);
    }

    [Fact]
    public async Task Waits_with_what_was_in_progress_until_the_process_is_gone()
    {
        var freezer = await ArmAsync();
        freezer.Start(_notices.Enqueue).Freeze(Limit);
        _link.Note(0, FreezePhase.Frozen);
        _link.Note(1, FreezePhase.Freezing);
        _link.Die(FreezerEvent.Dying);
        Assert.True(SpinWait.SpinUntil(() => _kernel.Thawed.Count == 1, Patience));
        Assert.Equal([_handles[0]], _kernel.Thawed);
        _link.Go();
        await freezer.HungUp.WaitAsync(Patience, Token);
        Assert.Equal([_handles[0], _handles[1]], _kernel.Thawed);
    }

    [Fact]
    public async Task Knows_that_a_freeze_that_was_in_progress_may_have_failed()
    {
        _kernel.Answer = Errno.EINVAL;
        var freezer = await ArmAsync();
        freezer.Start(_notices.Enqueue).Freeze(Limit);
        _link.Note(0, FreezePhase.Freezing);
        _link.Die(FreezerEvent.Gone);
        await freezer.HungUp.WaitAsync(Patience, Token);
        Assert.Equal(FreezePhase.Skipped, _notices.Last().Targets[0].Phase);
    }

    [Fact]
    public async Task Thaws_nothing_when_the_freezer_died_before_it_was_asked()
    {
        var freezer = await ArmAsync();
        _link.Die(FreezerEvent.Gone);
        await freezer.HungUp.WaitAsync(Patience, Token);
        freezer.Start(_notices.Enqueue).Freeze(Limit);
        Assert.True(SpinWait.SpinUntil(() => _notices.Count == 3, Patience));
        Assert.Empty(_kernel.Thawed);
        Assert.All(_notices.Last().Targets, static status => Assert.Equal(FreezePhase.Skipped, status.Phase));
    }

    [Fact]
    public async Task Kills_a_freezer_that_says_nothing_long_after_the_limit()
    {
        var freezer = await ArmAsync();
        freezer.Start(_notices.Enqueue).Freeze(Limit);
        _link.Note(2, FreezePhase.Frozen);
        _time.Advance(Limit);
        Assert.False(_link.IsKilled);
        _time.Advance(TimeSpan.FromSeconds(6));
        await freezer.HungUp.WaitAsync(Patience, Token);
        Assert.True(_link.IsKilled);
        Assert.Equal([_handles[2]], _kernel.Thawed);
    }

    [Fact]
    public async Task Hangs_up_when_it_is_disposed_before_the_freeze()
    {
        var freezer = await ArmAsync(FreezerWeakness.MemoryNotLocked | FreezerWeakness.InTheHostsCgroup);
        Assert.Equal([ErrorCodes.FreezerUnprotected.Name, ErrorCodes.FreezerUnprotected.Name], freezer.Warnings.Select(static warning => warning.Code));
        await freezer.DisposeAsync();
        Assert.True(_link.IsDisposed);
        Assert.Null(freezer.Owe(new ResumeObligation { ParticipantId = "p", RunId = "r", RecoveryState = "", Mounts = [], Plan = "p" }));
    }

    [Fact]
    public async Task Refuses_an_obligation_that_fits_no_message()
    {
        var freezer = await ArmAsync();
        Assert.Null(freezer.Owe(Obligation(new string('x', FreezerProtocol.Largest))));
        Assert.Equal(0, freezer.Owe(Obligation("{}")));
        Assert.Equal(1, freezer.Owe(Obligation("{}")));
        Assert.Equal([HostMessage.Owe, HostMessage.Owe], _link.Heard);
        await freezer.DisposeAsync();
    }

    private static ResumeObligation Obligation(string state) => new() { ParticipantId = "p", RunId = "r", RecoveryState = state, Mounts = [], Plan = "p" };

    private async Task<FreezerProcess> ArmAsync(FreezerWeakness weakness = FreezerWeakness.None)
    {
        var freezer = new FreezerProcess(_link, _kernel, _time, [.. _handles.Select(static handle => new FreezeTarget(new SharedDescriptor(handle), 0))]);
        _link.SayArmed(weakness);
        Assert.Equal(weakness, await freezer.ArmAsync(Patience, Token));
        return freezer;
    }
}
