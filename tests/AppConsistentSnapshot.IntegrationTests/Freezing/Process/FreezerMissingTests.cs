using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.IntegrationTests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace AppConsistentSnapshot.IntegrationTests.Freezing.Process;

public sealed class FreezerMissingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refuses_to_freeze_without_its_program_and_names_the_path_and_the_option()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 64);
        await using var freeze = await Controller(new SnapshotOptions { FreezerPath = "/nonexistent/acs-freezer" }).PrepareAsync([fileSystem.MountPoint], Token);
        var error = await Assert.ThrowsAsync<FreezeException>(async () => await freeze.FreezeAsync(TimeSpan.FromSeconds(5), Token));
        var found = Assert.Single(error.Errors);
        Assert.Equal(ErrorCodes.FreezerUnavailable.Name, found.Code);
        Assert.Contains("'/nonexistent/acs-freezer'", found.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(SnapshotOptions.FreezerMode), found.RecommendedAction, StringComparison.Ordinal);
        Assert.False(fileSystem.IsFrozen);
    }

    [Fact]
    public async Task Freezes_in_this_process_where_the_option_says_so()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 64);
        var options = new SnapshotOptions { FreezerPath = "/nonexistent/acs-freezer", FreezerMode = FreezerMode.InProcess };
        await using var freeze = await Controller(options).PrepareAsync([fileSystem.MountPoint], Token);
        await using (await freeze.FreezeAsync(TimeSpan.FromSeconds(5), Token))
        {
            Assert.False(((IArmedFreeze)freeze).Freezer!.IsOutside);
            Assert.True(fileSystem.IsFrozen);
        }

        Assert.False(fileSystem.IsFrozen);
    }

    [Fact]
    public async Task Finds_its_program_next_to_the_application()
    {
        using var fileSystem = LoopFileSystem.Create("ext4", 64);
        await using var freeze = await Controller(new SnapshotOptions()).PrepareAsync([fileSystem.MountPoint], Token);
        await ((IArmedFreeze)freeze).ArmAsync(Token);
        Assert.True(((IArmedFreeze)freeze).Freezer!.IsOutside);
    }

    private static FreezeController Controller(SnapshotOptions options) =>
        FreezeController.OfThisMachine(options, TimeProvider.System, NullLoggerFactory.Instance);
}
