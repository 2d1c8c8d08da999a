using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Journals;
using AppConsistentSnapshot.Recovery;
using AppConsistentSnapshot.Testing.Kernel;
using Microsoft.Extensions.Time.Testing;

namespace AppConsistentSnapshot.Tests.Recovery;

/// <summary>FITHAW only for the very file system that the journal names.</summary>
public sealed class MountThawTests : ISuspendedDevices
{
    private readonly FakeKernel _kernel = new();
    private readonly FakeFileSystem _data;
    private string? _suspended;

    public MountThawTests() => _data = _kernel.Add("/data");

    public string? Find(string deviceNumber, string source) => _suspended;

    [Fact]
    public async Task Thaws_what_is_frozen()
    {
        Assert.Equal(Errno.None, _data.Freeze(FakeHolder.Us));

        Assert.Equal(MountThawStatus.Thawed, (await ThawAsync()).Status);
        Assert.Empty(_kernel.FrozenByUs);
        Assert.Equal(0, _kernel.OpenDescriptors);
    }

    [Fact]
    public async Task What_is_not_frozen_any_more_is_no_failure() => Assert.Equal(MountThawStatus.WasNotFrozen, (await ThawAsync()).Status);

    [Fact]
    public async Task It_never_freezes_to_find_out()
    {
        _ = await ThawAsync();

        Assert.DoesNotContain(_kernel.Calls, static call => call.Operation == "freeze");
    }

    [Fact]
    public async Task Another_file_system_at_the_same_place_is_left_alone()
    {
        var other = _kernel.Add("/other");
        _kernel.Unmount("/data");
        _ = _kernel.Mount(other, "/data");
        Assert.Equal(Errno.None, other.FreezeBySomebodyElse());

        Assert.Equal(MountThawStatus.NotThere, (await ThawAsync()).Status);
        Assert.Equal(FakeHolder.SomebodyElse, other.Holder);
    }

    [Fact]
    public async Task What_is_unmounted_is_not_looked_for_below_its_mount_point()
    {
        _kernel.Unmount("/data");

        Assert.Equal(MountThawStatus.NotThere, (await ThawAsync()).Status);
        Assert.Empty(_kernel.Opened);
    }

    [Fact]
    public async Task Under_a_suspended_device_it_is_not_thawed()
    {
        Assert.Equal(Errno.None, _data.Freeze(FakeHolder.Us));
        _suspended = "vg-data";
        var result = await ThawAsync();

        Assert.Equal(MountThawStatus.Suspended, result.Status);
        Assert.Contains("vg-data", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(_kernel.Calls, static call => call.Operation == "thaw");
    }

    [Fact]
    public async Task A_kernel_that_refuses_is_a_failure_with_its_reason()
    {
        _data.Thaws.Fail(Errno.EPERM);

        Assert.Equal(MountThawStatus.Failed, (await ThawAsync()).Status);
    }

    [Fact]
    public async Task A_kernel_that_does_not_answer_keeps_nobody_waiting()
    {
        var hang = _data.Thaws.Hang();
        var time = new FakeTimeProvider();
        var thaw = new MountThaw(_kernel, _kernel, this).ThawAsync(Mount(), TimeSpan.FromSeconds(5), time);
        hang.WaitUntilEntered();
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(MountThawStatus.Blocked, (await thaw).Status);
        hang.LetGo();
    }

    private JournalMount Mount() => new() { Path = "/data", Device = _data.Number, FileSystem = "ext4" };

    private Task<MountThawResult> ThawAsync() => new MountThaw(_kernel, _kernel, this).ThawAsync(Mount(), TimeSpan.FromSeconds(5), new FakeTimeProvider());
}
