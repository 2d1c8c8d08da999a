using AppConsistentSnapshot.Tool.Catalog;

namespace AppConsistentSnapshot.Tool.Tests.Catalog;

public sealed class BackendSettingTests
{
    [Fact]
    public void Each_type_takes_its_values_and_refuses_the_others()
    {
        Accepts(BackendSetting.Text("k", "d"), "x", "x");
        Refuses(BackendSetting.Text("k", "d"), "");
        Accepts(BackendSetting.Folder("k", "d"), "/a/../b", "/b");
        Refuses(BackendSetting.Folder("k", "d"), "", "-x", "a\0b");
        Accepts(BackendSetting.Integer("k", "d", -1, 5), "-1", -1L);
        Refuses(BackendSetting.Integer("k", "d", -1, 5), "6", "x", "1.5", "");
        Accepts(BackendSetting.Seconds("k", "d", TimeSpan.FromSeconds(2)), "1.5", TimeSpan.FromSeconds(1.5));
        Refuses(BackendSetting.Seconds("k", "d", TimeSpan.FromSeconds(2)), "3", "0", "-1");
        Accepts(BackendSetting.Flag("k", "d"), "True", true);
        Refuses(BackendSetting.Flag("k", "d"), "1", "yes", "");
        Accepts(BackendSetting.OneOf("k", "d", "a", "b"), "b", "b");
        Refuses(BackendSetting.OneOf("k", "d", "a", "b"), "B", "");
    }

    [Fact]
    public void The_documented_backends_are_known() =>
        Assert.Equal("image lvm btrfs azure fake", string.Join(' ', StandardBackends.Catalog.Names));

    private static void Accepts(BackendSetting setting, string text, object value) => Assert.Equal(value, setting.Parse(text));

    private static void Refuses(BackendSetting setting, params string[] texts)
    {
        Assert.All(texts, text => Assert.Null(setting.Parse(text)));
        Assert.NotEmpty(setting.Allowed);
    }
}
