using System.Text;
using AppConsistentSnapshot.Freezing;

namespace AppConsistentSnapshot.Tests.Freezing;

public sealed class MountTableTests
{
    private const string Root = "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard\n";

    [Fact]
    public void Reads_every_field()
    {
        var fileSystem = Parse("36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 propagate_from:2 - ext3 /dev/root rw,errors=continue\n").Entries.Single().FileSystem;

        Assert.Equal(36, fileSystem.MountId);
        Assert.Equal("98:0", fileSystem.DeviceNumber);
        Assert.Equal("/mnt1", fileSystem.Root);
        Assert.Equal("/mnt2", fileSystem.MountPoint);
        Assert.Equal("rw,noatime", fileSystem.MountOptions);
        Assert.Equal("ext3", fileSystem.FileSystemType);
        Assert.Equal("/dev/root", fileSystem.Source);
        Assert.Equal("rw,errors=continue", fileSystem.SuperOptions);
    }

    [Theory]
    [InlineData("/a\\040b", "/a b")]
    [InlineData("/a\\011b\\012c", "/a\tb\nc")]
    [InlineData("/a\\134040", "/a\\040")]
    [InlineData("/\\043x", "/#x")]
    [InlineData("/x\\04", "/x\\04")]
    [InlineData("/x\\999", "/x\\999")]
    [InlineData("/x\\777", "/x\\777")]
    [InlineData("/dä", "/dä")]
    [InlineData("/\\303\\244", "/ä")]
    [InlineData("/-", "/-")]
    [InlineData("/a=b'\"$(id)", "/a=b'\"$(id)")]
    public void Undoes_the_kernels_escapes(string written, string meant)
    {
        var table = Parse($"{Root}30 27 7:0 / {written} rw - ext4 /dev/loop0 rw\n");

        Assert.Equal(meant, table.Entries[1].FileSystem.MountPoint);
        Assert.Equal(30, table.Find(meant)?.MountId);
    }

    [Fact]
    public void Keeps_an_empty_source_apart_from_the_options()
    {
        var fileSystem = Parse("30 27 0:44 / /t rw -  tmpfs\n30 27 0:44 / /t rw - tmpfs  rw,size=1k\n").Entries[^1].FileSystem;

        Assert.Equal(("tmpfs", "", "rw,size=1k"), (fileSystem.FileSystemType, fileSystem.Source, fileSystem.SuperOptions));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("x 27 7:0 / /m rw - ext4 s rw")]
    [InlineData("30 y 7:0 / /m rw - ext4 s rw")]
    [InlineData("99999999999 27 7:0 / /m rw - ext4 s rw")]
    [InlineData("-3 27 7:0 / /m rw - ext4 s rw")]
    [InlineData("30 27 7-0 / /m rw - ext4 s rw")]
    [InlineData("30 27 7: / /m rw - ext4 s rw")]
    [InlineData("30 27 :0 / /m rw - ext4 s rw")]
    [InlineData("30 27 7:0 / m rw - ext4 s rw")]
    [InlineData("30 27 7:0 / /m rw ext4 s rw")]
    [InlineData("30 27 7:0 / /m rw -")]
    [InlineData("30 27 7:0 / /m")]
    public void Leaves_a_line_out_that_makes_no_sense_and_counts_it(string line)
    {
        var table = Parse($"{Root}{line}\n31 27 7:1 / /after rw - ext4 /dev/loop1 rw");

        Assert.Equal(1, table.UnreadableLines);
        Assert.Equal([27, 31], table.Entries.Select(entry => entry.FileSystem.MountId));
        Assert.Equal(31, table.Find("/after")?.MountId);
    }

    [Theory]
    [InlineData("/", 27)]
    [InlineData("/x", 27)]
    [InlineData("/data", 30)]
    [InlineData("/data/x/y", 30)]
    [InlineData("/data2", 27)]
    [InlineData("/dat", 27)]
    [InlineData("/data/inner", 31)]
    [InlineData("/data/inner/x", 31)]
    [InlineData("/data/inner2", 30)]
    public void Finds_the_longest_prefix_by_whole_components(string path, int mountId)
    {
        var table = Parse(Root + "30 27 7:0 / /data rw - ext4 a rw\n31 30 7:1 / /data/inner rw - ext4 b rw\n");

        Assert.Equal(mountId, table.Find(path)?.MountId);
    }

    [Theory]
    [InlineData("30 27 7:0 / /data rw - ext4 a rw\n31 30 7:1 / /data rw - ext4 b rw\n")]
    [InlineData("31 30 7:1 / /data rw - ext4 b rw\n30 27 7:0 / /data rw - ext4 a rw\n")]
    public void The_topmost_of_two_mounts_on_a_path_wins_whatever_their_order(string lines) =>
        Assert.Equal(31, Parse(lines + Root).Find("/data/x")?.MountId);

    [Fact]
    public void A_mount_below_a_covered_one_is_hidden()
    {
        var table = Parse(Root + "30 27 7:0 / /data rw - ext4 a rw\n31 30 7:1 / /data/inner rw - xfs b rw\n32 30 7:2 / /data rw - ext4 c rw\n");

        Assert.Equal(32, table.Find("/data/inner")?.MountId);
        Assert.Equal(32, table.Find("/data")?.MountId);
    }

    [Fact]
    public void A_root_over_the_first_root_wins() =>
        Assert.Equal(27, Parse("1 1 0:2 / / rw - rootfs rootfs rw\n" + Root).Find("/x")?.MountId);

    [Fact]
    public void In_a_chroot_without_a_root_mount_only_what_is_listed_is_found()
    {
        var table = Parse("30 27 7:0 / /data rw - ext4 a rw\n");

        Assert.Equal(30, table.Find("/data/x")?.MountId);
        Assert.Null(table.Find("/x"));
    }

    [Fact]
    public void A_name_that_is_no_UTF_8_is_shown_escaped_and_collides_with_nothing()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Root + "30 27 7:0 / /d"), 0xFF, .. Encoding.UTF8.GetBytes(" rw - ext4 a rw\n")];
        var table = MountTable.Parse(bytes);

        Assert.Equal(0, table.UnreadableLines);
        Assert.False(table.Entries[1].HasName);
        Assert.Equal("/d\\377", table.Entries[1].FileSystem.MountPoint);
        Assert.Equal(27, table.Find("/d\\377")?.MountId);
        Assert.Equal(27, table.Find("/d\uFFFD")?.MountId);
    }

    [Fact]
    public void Ids_that_go_round_in_circles_end()
    {
        var table = Parse("1 9 8:0 / / rw - ext4 a rw\n2 1 8:1 / / rw - ext4 b rw\n1 2 8:2 / / rw - ext4 c rw\n");

        Assert.NotNull(table.Find("/x"));
    }

    [Fact]
    public void Reads_five_thousand_mounts_with_few_allocations()
    {
        var text = new StringBuilder(Root);
        for (var i = 0; i < 5000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i + 100} 27 0:{i + 50} / /run/containers/{i:x8}/merged rw,relatime shared:{i} - overlay overlay rw,lowerdir=/l\n");
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var table = MountTable.Parse(bytes);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(5001, table.Entries.Count);
        Assert.Equal(5099, table.Find("/run/containers/00001387/merged/x")?.MountId);
        Assert.True(allocated < 1200 * 5000, $"{allocated} bytes");
    }

    private static MountTable Parse(string text) => MountTable.Parse(Encoding.UTF8.GetBytes(text));
}
