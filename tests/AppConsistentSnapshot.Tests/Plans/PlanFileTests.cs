using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Plans;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AppConsistentSnapshot.Tests.Plans;

/// <summary>What reading a file can come to, played by a fake (C53).</summary>
public sealed class PlanFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ConfigurationFileStatus.NotFound, Errno.ENOENT, 316, 313)]
    [InlineData(ConfigurationFileStatus.NotFound, Errno.ENOTDIR, 316, 313)]
    [InlineData(ConfigurationFileStatus.NotFound, Errno.ELOOP, 316, 313)]
    [InlineData(ConfigurationFileStatus.NotRegular, Errno.None, 316, 313)]
    [InlineData(ConfigurationFileStatus.TooLarge, Errno.None, 305, 304)]
    [InlineData(ConfigurationFileStatus.Failed, Errno.EACCES, 317, 314)]
    [InlineData(ConfigurationFileStatus.Failed, Errno.EPERM, 317, 314)]
    [InlineData(ConfigurationFileStatus.Failed, Errno.EIO, 305, 304)]
    [InlineData(ConfigurationFileStatus.Failed, Errno.EMFILE, 305, 304)]
    public async Task Each_way_not_to_be_read_has_a_code(object status, object errno, int plan, int host)
    {
        var loader = Load.Loader(FakeConfigurationFile.Answering(new() { Status = (ConfigurationFileStatus)status, Errno = (Errno)errno, Kind = "a folder" }));

        var planResult = await loader.LoadAsync(Load.PlanPath, Token);
        var hostResult = await loader.LoadHostConfigurationAsync(Load.HostPath, Token);

        Assert.Null(planResult.Plan);
        Assert.Null(hostResult.Configuration);
        Assert.Equal((plan, host), (Assert.Single(planResult.Errors).Number, Assert.Single(hostResult.Errors).Number));
        Assert.Equal((Errno)errno == Errno.None ? null : (int?)(Errno)errno, planResult.Errors[0].Errno);
        Assert.Contains(Load.PlanPath, planResult.Errors[0].Message, StringComparison.Ordinal);
        Assert.Equal((true, true), (planResult.ContinueBackupOnFailure, planResult.FsFreezeEnabled));
        Load.AssertComplete(planResult.Errors, Load.PlanPath);
        Load.AssertComplete(hostResult.Errors, Load.HostPath);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plan.json")]
    [InlineData("./plan.json")]
    [InlineData("/a\0b")]
    public async Task Nothing_is_read_where_the_path_cannot_be_one(string path)
    {
        var loader = Load.Loader(FakeConfigurationFile.With(Load.Text()));

        Assert.True(Assert.Single((await loader.LoadAsync(path, Token)).Errors).Is(ErrorCodes.PlanNotFound));
        Assert.True(Assert.Single((await loader.LoadHostConfigurationAsync(path, Token)).Errors).Is(ErrorCodes.HostConfigurationNotFound));
    }

    [Fact]
    public async Task A_read_that_hangs_can_be_cancelled()
    {
        var release = new TaskCompletionSource();
        var loader = Load.Loader(FakeConfigurationFile.Blocking(release.Task));
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var plan = loader.LoadAsync(Load.PlanPath, caller.Token).AsTask();
        var host = loader.LoadHostConfigurationAsync(Load.HostPath, caller.Token).AsTask();
        await caller.CancelAsync();

        Assert.Equal(caller.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => plan)).CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host);
        release.SetResult();
    }

    [Fact]
    public async Task Nothing_is_read_for_a_caller_who_has_given_up()
    {
        var loader = Load.Loader(FakeConfigurationFile.With(Load.Text()));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await loader.LoadAsync(Load.PlanPath, new(canceled: true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await loader.LoadHostConfigurationAsync(Load.HostPath, new(canceled: true)));
    }

    [Fact]
    public async Task A_path_that_is_null_is_misuse()
    {
        var loader = Load.Loader(FakeConfigurationFile.With(Load.Text()));

        await Assert.ThrowsAsync<ArgumentNullException>(async () => await loader.LoadAsync(null!, Token));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await loader.LoadHostConfigurationAsync(null!, Token));
    }

    [Fact]
    public async Task Logs_what_became_of_it()
    {
        var logger = new FakeLogger<ScriptPlanLoader>();

        await new ScriptPlanLoader(FakeConfigurationFile.With(Load.Text()), logger).LoadAsync(Load.PlanPath, Token);
        await new ScriptPlanLoader(FakeConfigurationFile.With("{"), logger).LoadAsync(Load.PlanPath, Token);
        await new ScriptPlanLoader(FakeConfigurationFile.With(HostConfigurationTests.Valid), logger).LoadHostConfigurationAsync(Load.HostPath, Token);
        await new ScriptPlanLoader(FakeConfigurationFile.With(""), logger).LoadHostConfigurationAsync(Load.HostPath, Token);

        Assert.Equal(
            [(nameof(Log.PlanLoaded), LogLevel.Debug), (nameof(Log.PlanRefused), LogLevel.Warning), (nameof(Log.HostConfigurationLoaded), LogLevel.Debug), (nameof(Log.HostConfigurationRefused), LogLevel.Warning)],
            logger.Collector.GetSnapshot().Select(static record => (record.Id.Name ?? "", record.Level)));
    }
}
