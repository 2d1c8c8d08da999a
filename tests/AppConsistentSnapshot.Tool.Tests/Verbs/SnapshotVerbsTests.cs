using System.Runtime.InteropServices;
using System.Text.Json;
using AppConsistentSnapshot.Backends;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Tool.Tests.Support;

namespace AppConsistentSnapshot.Tool.Tests.Verbs;

public sealed class SnapshotVerbsTests : IDisposable
{
    private readonly CommandHarness _command = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _command.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task List_is_an_array_even_when_it_is_empty()
    {
        Assert.Equal(0, await _command.RunAsync("list", "--backend", "one", "--json"));
        Assert.Equal("[]\n", _command.Out);
    }

    [Fact]
    public async Task List_gives_every_snapshot_with_what_is_known()
    {
        _command.WhenMade = backend => backend.Snapshots.AddRange([Make.Snapshot("a"), Make.Snapshot("b")]);

        Assert.Equal(0, await _command.RunAsync("list", "--backend", "one", "--json"));

        using var json = JsonDocument.Parse(_command.Out);
        Assert.Equal("a b", string.Join(' ', json.RootElement.EnumerateArray().Select(entry => entry.GetProperty("id").GetString())));
        Assert.Equal("one", json.RootElement[0].GetProperty("backend").GetString());
        Assert.Equal("Application", json.RootElement[0].GetProperty("consistency").GetString());
        Assert.Equal("/data", json.RootElement[0].GetProperty("volumes")[0].GetString());
    }

    [Fact]
    public async Task List_is_a_table_for_a_person()
    {
        _command.WhenMade = backend => backend.Snapshots.Add(Make.Snapshot("snap[1]"));

        Assert.Equal(0, await _command.RunAsync("list", "--backend", "one"));

        Assert.Contains("snap[1]", _command.Out, StringComparison.Ordinal);
        Assert.Contains("1970-01-01 00:00:00.000Z", _command.Out, StringComparison.Ordinal);
        Assert.Contains("application-consistent", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_of_plans_have_no_effect_on_snapshots()
    {
        Assert.Equal(0, await _command.RunAsync("list", "--backend", "one", "--plan", "/p"));
        Assert.Contains("--plan has no effect", _command.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mount_leaves_it_mounted_and_says_how_to_unmount()
    {
        Assert.Equal(0, await _command.RunAsync("mount", "--backend", "one", "snap-1", _folder.Path));

        Assert.False(_command.Made["one"].Exposed!.IsDisposed);
        Assert.Contains($"Mounted snap-1 read-only at {_folder.Path} from /dev/loop7", _command.Out, StringComparison.Ordinal);
        Assert.Contains($"umount {_folder.Path}", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mount_gives_a_small_object()
    {
        Assert.Equal(0, await _command.RunAsync("mount", "--backend", "one", "snap-1", _folder.Path, "--json"));

        using var json = JsonDocument.Parse(_command.Out);
        Assert.Equal("snap-1", json.RootElement.GetProperty("id").GetString());
        Assert.Equal(_folder.Path, json.RootElement.GetProperty("mountPoint").GetString());
        Assert.Equal($"umount {_folder.Path}", json.RootElement.GetProperty("unmount").GetString());
    }

    [Fact]
    public async Task Mount_needs_an_existing_empty_folder()
    {
        await File.WriteAllTextAsync(_folder.File("x"), "x", TestContext.Current.CancellationToken);

        Assert.Equal(2, await _command.RunAsync("mount", "--backend", "one", "snap-1", _folder.Path));
        Assert.Equal(2, await _command.RunAsync("mount", "--backend", "one", "snap-1", _folder.File("x")));
        Assert.Equal(2, await _command.RunAsync("mount", "--backend", "one", "snap-1", _folder.File("none")));

        Assert.Contains("not empty", _command.Err, StringComparison.Ordinal);
        Assert.Contains("existing empty folder", _command.Err, StringComparison.Ordinal);
        Assert.Contains("mkdir", _command.Err, StringComparison.Ordinal);
        Assert.Empty(_command.Made);
    }

    [Fact]
    public async Task Delete_says_what_it_deleted()
    {
        _command.WhenMade = backend => backend.Snapshots.Add(Make.Snapshot("snap-1"));

        Assert.Equal(0, await _command.RunAsync("delete", "--backend", "one", "snap-1"));

        Assert.Empty(_command.Made["one"].Snapshots);
        Assert.Equal("Deleted snap-1 (one)\n", _command.Out);
    }

    [Fact]
    public async Task The_folder_follows_from_an_id_that_is_a_path()
    {
        Assert.Equal(0, await _command.RunAsync("delete", "--backend", "boxed", "/var/backups/snap-1", "--json"));

        Assert.Equal("/var/backups", _command.Made["boxed"].Context.Get<string>("output"));
        using var json = JsonDocument.Parse(_command.Out);
        Assert.True(json.RootElement.GetProperty("deleted").GetBoolean());
    }

    [Fact]
    public async Task A_given_folder_comes_before_that_of_the_id()
    {
        Assert.Equal(0, await _command.RunAsync("delete", "--backend", "boxed", "--output", "/given", "/var/backups/snap-1"));
        Assert.Equal("/given", _command.Made["boxed"].Context.Get<string>("output"));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("delete snap-1")]
    public async Task A_backend_that_cannot_says_why_and_what_to_do(string line)
    {
        _command.WhenMade = backend => backend.Failure = new SnapshotBackendException("'snap-1' is not there") { Code = ErrorCodes.SnapshotNotFound };

        Assert.Equal(1, await _command.RunAsync([.. line.Split(' '), "--backend", "one", "--json"]));

        Assert.Contains("acsnap: error: SnapshotNotFound (928): 'snap-1' is not there", _command.Err, StringComparison.Ordinal);
        Assert.Contains("what to do: Use an id from the report", _command.Err, StringComparison.Ordinal);
        Assert.Empty(_command.Out);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("delete snap-1")]
    public async Task A_signal_cancels(string line)
    {
        _command.WhenMade = backend => backend.Before = async token =>
        {
            _command.Signals.Send(PosixSignal.SIGINT);
            await Task.Delay(Timeout.Infinite, token).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        };

        Assert.Equal(130, await _command.RunAsync([.. line.Split(' '), "--backend", "one"]));
        Assert.Contains("cancelled", _command.Err, StringComparison.Ordinal);
    }
}
