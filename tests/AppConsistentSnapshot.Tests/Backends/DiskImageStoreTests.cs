using System.Runtime.Versioning;
using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Backends.Images;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using CsCheck;

namespace AppConsistentSnapshot.Tests.Backends;

/// <summary>The folder of images: what is in it, whose it is, what may be removed, what may be mounted.</summary>
[SupportedOSPlatform("linux")]
public sealed class DiskImageStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_leaves_out_what_is_foreign_corrupt_or_unfinished_and_says_so()
    {
        using var host = new FakeImageHost();
        var snapshot = await host.TakeAsync();
        var manifest = await File.ReadAllTextAsync(snapshot.Id + ".json", Token);
        var name = Path.GetFileName(snapshot.Id);
        await WriteAsync("foreign.img.json", manifest);
        await WriteAsync("acs-20260101T000000Z-run-2-1-x.img.json", manifest);
        await WriteAsync("acs-20260101T000000Z-run-3-1-x.img.json", "{ not JSON");
        await WriteAsync("acs-20260101T000000Z-run-4-1-x.img.json", "null");
        await WriteAsync("acs-20260101T000000Z-run-5-1-x.img.json", "{}");
        await WriteAsync("acs-20260101T000000Z-run-6-1-x.img.json", Renamed("run-6", "acs-20260101T000000Z-run-6-1-x.img"));
        await WriteAsync("acs-20260101T000000Z-run-7-1-x.img.json", Renamed("run-7", "acs-20260101T000000Z-run-7-1-x.img"));
        await WriteAsync("acs-20260101T000000Z-run-7-1-x.img", "short");
        await WriteAsync("acs-20260101T000000Z-run-8-1-x.img.partial", "");
        await WriteAsync("acs-20260101T000000Z-run-9-1-x.img.json", Renamed("run-9", "acs-20260101T000000Z-run-9-1-x.img").Replace("\"ext4\"", "\"../../x\"", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(host.Output, "acs-20260101T000000Z-run-10-1-x.img.json"));

        Assert.Equal(snapshot.Id, Assert.Single(await host.NewBackend().ListAsync(Token)).Id);
        Assert.Equal(9, host.Logs.GetSnapshot().Count(record => record.Id.Id == 501));

        string Renamed(string runId, string image) => manifest.Replace("run-1", runId, StringComparison.Ordinal).Replace(name.Replace("run-1", runId, StringComparison.Ordinal), image, StringComparison.Ordinal);
        Task WriteAsync(string file, string text) => File.WriteAllTextAsync(Path.Combine(host.Output, file), text, Token);
    }

    [Fact]
    public async Task A_manifest_that_others_could_have_written_is_not_believed()
    {
        using var host = new FakeImageHost();
        var snapshot = await host.TakeAsync();
        File.SetUnixFileMode(snapshot.Id + ".json", (UnixFileMode)0b110_110_110);

        Assert.Empty(await host.NewBackend().ListAsync(Token));
        var error = await Assert.ThrowsAsync<SnapshotBackendException>(async () => await host.NewBackend().DeleteAsync(snapshot.Id, Token));
        Assert.Contains("others than root", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_that_leads_elsewhere_deletes_nothing()
    {
        using var host = new FakeImageHost();
        var snapshot = await host.TakeAsync();
        var name = Path.GetFileName(snapshot.Id);
        var link = host.Output + "-link";
        File.CreateSymbolicLink(link, host.Output);
        var alias = Path.Combine(host.Output, "acs-20260101T000000Z-run-1-2-x.img");
        File.CreateSymbolicLink(alias, snapshot.Id);
        File.Copy(snapshot.Id + ".json", alias + ".json");

        foreach (var id in new[]
        {
            name, "out/" + name, $"{host.Output}/../out/{name}", $"{host.Output}//{name}", $"{link}/{name}", host.Output, "/", "/etc/passwd", host.BackingFile,
            alias, $"{host.Output}/none/{name}", $"{host.BackingFile}/{name}", snapshot.Id + ".json", snapshot.Id + ".partial",
        })
        {
            var error = await Assert.ThrowsAsync<SnapshotBackendException>(async () => await host.NewBackend().DeleteAsync(id, Token));
            Assert.NotNull(error.RecommendedAction);
            Assert.True(File.Exists(snapshot.Id));
        }
    }

    [Fact]
    public async Task An_image_that_is_attached_is_not_deleted()
    {
        using var host = new FakeImageHost();
        var snapshot = await host.TakeAsync();
        host.AddLoop(snapshot.Id, "loop5", "7:5");

        var error = await Assert.ThrowsAsync<SnapshotBackendException>(async () => await host.NewBackend().DeleteAsync(snapshot.Id, Token));

        Assert.Contains("losetup --detach /dev/loop5", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(2, host.OutputFiles.Count);
    }

    [Fact]
    public async Task A_delete_that_failed_half_way_can_be_repeated()
    {
        using var host = new FakeImageHost();
        var snapshot = await host.TakeAsync();
        File.Delete(snapshot.Id);

        await host.NewBackend().DeleteAsync(snapshot.Id, Token);

        Assert.Empty(host.OutputFiles);
        var error = await Assert.ThrowsAsync<SnapshotBackendException>(async () => await host.NewBackend().DeleteAsync(snapshot.Id, Token));
        Assert.Same(ErrorCodes.SnapshotNotFound, error.Code);
    }

    [Fact]
    public async Task Recovery_leaves_alone_what_has_the_name_but_is_another_file()
    {
        using var host = new FakeImageHost();
        await using var cut = await host.NewBackend().PrepareAsync(FakeImageHost.Request(), Token);
        await cut.CutAsync(Token);
        var partial = Path.Combine(host.Output, Assert.Single(host.OutputFiles));
        File.Copy(partial, partial + ".copy");
        File.Move(partial + ".copy", partial, overwrite: true);

        var left = Assert.Single(await host.NewBackend().RecoverAsync(cut.RecoveryState, Token));

        Assert.Equal(partial, left.Id);
        Assert.True(File.Exists(partial));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"folder":"relative","runId":"run-1","images":[]}""")]
    [InlineData("""{"folder":"/","runId":"../x","images":[]}""")]
    public async Task A_recovery_state_of_somebody_else_is_refused(string state)
    {
        using var host = new FakeImageHost();
        await Assert.ThrowsAsync<SnapshotBackendException>(async () => await host.NewBackend().RecoverAsync(state, Token));
    }

    [Fact]
    public async Task A_recovery_state_cannot_lead_to_files_of_other_runs()
    {
        using var host = new FakeImageHost();
        var snapshot = await host.TakeAsync();
        var name = Path.GetFileName(snapshot.Id);
        var state = $$"""{"folder":"{{host.Output}}","runId":"run-2","images":[{"name":"{{name}}","inode":1},{"name":"../backing","inode":1}]}""";

        Assert.Equal(2, (await host.NewBackend().RecoverAsync(state, Token)).Count);
        Assert.Equal(2, host.OutputFiles.Count);
        Assert.True(File.Exists(host.BackingFile));
    }

    [Fact]
    public async Task A_folder_that_has_gone_holds_nothing_to_recover()
    {
        using var host = new FakeImageHost();
        var state = $$"""{"folder":"{{host.Output}}/gone","runId":"run-2","images":[]}""";

        Assert.Empty(await host.NewBackend().RecoverAsync(state, Token));
        Assert.Contains(host.Logs.GetSnapshot(), record => record.Id.Id == 507);
    }

    [Fact]
    public void Names_are_safe_whatever_the_mount_point() => Gen.Select(Gen.String, Gen.Int[1, 999]).Sample((mountPoint, index) =>
    {
        var name = ImageName.Make(DateTimeOffset.UnixEpoch, "run-1", index, "/" + mountPoint);

        return ImageName.IsImageOf(name, "run-1") && !ImageName.IsImageOf(name, "ru") && !ImageName.IsImageOf(name, "run-12") && Path.GetFileName(name) == name &&
            ImageName.FromManifest(ImageName.ManifestOf(name)) == name;
    });

    [Fact]
    public async Task An_image_keeps_its_facts()
    {
        using var host = new FakeImageHost();

        var snapshot = await host.TakeAsync();

        Assert.Equal(ConsistencyLevel.Application, snapshot.Consistency);
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(snapshot.Id));
        Assert.True(snapshot.CutStartedAt <= snapshot.CutEndedAt);
        var listed = Assert.Single(await host.NewBackend().ListAsync(Token));
        Assert.Equal(snapshot.CutEndedAt, listed.CutEndedAt);
        Assert.Equal(snapshot.Properties, listed.Properties);
        Assert.Equal(Errno.None, host.Files.Facts(snapshot.Id, out var facts));
        Assert.Equal(FileKind.Regular, facts.Kind);
    }
}
