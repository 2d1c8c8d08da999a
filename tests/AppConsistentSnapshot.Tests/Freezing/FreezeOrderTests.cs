using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Testing.Kernel;

namespace AppConsistentSnapshot.Tests.Freezing;

public sealed class FreezeOrderTests
{
    private readonly FakeKernel _kernel = new();

    [Fact]
    public void Independent_ones_share_a_level()
    {
        _kernel.Add("/a");
        _kernel.Add("/b");

        Assert.Equal([0, 0], Levels("/a", "/b"));
    }

    [Fact]
    public void What_lies_in_a_file_of_another_one_freezes_first()
    {
        var outer = _kernel.Add("/outer");
        _kernel.AddLoop("/inner", outer);

        Assert.Equal([1, 0], Levels("/outer", "/inner"));
        Assert.Equal([0, 1], Levels("/inner", "/outer"));
    }

    [Fact]
    public void A_chain_has_a_level_for_each_link_whatever_the_order_of_the_request()
    {
        var a = _kernel.Add("/a");
        var b = _kernel.AddLoop("/b", a);
        var c = _kernel.AddLoop("/c", b);
        _kernel.AddLoop("/d", c);

        Assert.Equal([3, 2, 1, 0], Levels("/a", "/b", "/c", "/d"));
        Assert.Equal([0, 1, 2, 3], Levels("/d", "/c", "/b", "/a"));
    }

    [Fact]
    public void A_link_that_is_not_frozen_itself_still_counts()
    {
        var outer = _kernel.Add("/outer");
        _kernel.AddLoop("/inner", _kernel.AddLoop("/middle", outer));

        Assert.Equal([1, 0], Levels("/outer", "/inner"));
    }

    [Fact]
    public void Several_on_one_freeze_together_before_it()
    {
        var outer = _kernel.Add("/outer");
        _kernel.AddLoop("/x", outer);
        _kernel.AddLoop("/y", outer);

        Assert.Equal([0, 1, 0], Levels("/x", "/outer", "/y"));
    }

    [Fact]
    public void A_circle_and_a_file_that_is_nowhere_end_without_an_error()
    {
        var a = _kernel.Add("/a");
        var b = _kernel.AddLoop("/b", a);
        a.BackingFile = "/b/disk.img";
        var lost = _kernel.Add("/lost");
        lost.BackingFile = "(unreachable)/x (deleted)";
        var self = _kernel.Add("/self");
        self.BackingFile = "/self/disk.img";
        Assert.NotNull(b.BackingFile);

        Assert.Equal(4, Levels("/a", "/b", "/lost", "/self").Length);
    }

    private int[] Levels(params string[] mountPoints)
    {
        var table = MountTable.Parse(_kernel.ReadMountTable());
        return new FreezeOrder(table, _kernel).FindLevels([.. mountPoints.Select(path => table.Find(path)!)]);
    }
}
