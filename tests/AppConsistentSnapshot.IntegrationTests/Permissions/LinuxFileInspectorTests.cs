using System.Runtime.Versioning;
using AppConsistentSnapshot.IntegrationTests.Support;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;
using AppConsistentSnapshot.Permissions;
using CsCheck;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace AppConsistentSnapshot.IntegrationTests.Permissions;

[SupportedOSPlatform("linux")]
public sealed class LinuxFileInspectorTests
{
    private readonly LinuxFileInspector _inspector = new();

    [Fact]
    public void Says_what_stat_says()
    {
        using var folder = GuardFolder.Create();
        folder.Run("chown 1234:99 pre.sh && chmod 6754 pre.sh && touch -d '1999-12-31 23:59:59.123456789 UTC' pre.sh");

        using var file = Open(folder.PrePath);

        Assert.Equal(Errno.None, _inspector.Stat(file, out var status));
        var identity = status.Identity;
        Assert.Equal(
            Shell.Run("stat", "-c", "%i %s %u %a %Hd %Ld %.9Y %.9Z", folder.PrePath).Trim(),
            $"{identity.Inode} {identity.Size} {status.Owner} {Convert.ToString(status.Mode, 8)} {identity.Device >> 32} {(uint)identity.Device} " +
            $"{identity.Modified.Seconds}.{identity.Modified.Nanoseconds:D9} {identity.Changed.Seconds}.{identity.Changed.Nanoseconds:D9}");
        Assert.Equal(FileKind.Regular, status.Kind);
    }

    [Theory]
    [InlineData("/dev/null", "CharacterDevice")]
    [InlineData("/etc", "Folder")]
    [InlineData("/proc/self/exe", "Link")]
    public void Tells_kinds_apart_without_following(string path, string kind)
    {
        using var entry = Open(path);

        Assert.Equal(Errno.None, _inspector.Stat(entry, out var status));
        Assert.Equal(Enum.Parse<FileKind>(kind), status.Kind);
    }

    [Fact]
    public void Reads_links_of_any_bytes_and_opens_what_they_name()
    {
        using var folder = GuardFolder.Create();
        folder.Run("mkdir $'\\344' && ln -s $'\\344' link");
        using var entry = Open(folder.Path);
        using var link = _inspector.OpenEntry(entry, "link"u8, out _)!;

        Assert.Equal(Errno.None, _inspector.ReadLink(link, out var target));
        Assert.Equal([0xe4], target);
        using var named = _inspector.OpenFolder(entry, target, out var errno);
        Assert.Equal(Errno.None, errno);
        Assert.Null(_inspector.OpenFolder(entry, "link"u8, out errno));
        Assert.Equal(Errno.ENOTDIR, errno);
    }

    [Fact]
    public void Knows_noexec_and_procfs()
    {
        Requires.Root();
        using var proc = Open("/proc/self");
        using var root = Open("/etc");

        Assert.Equal(Errno.None, _inspector.StatFileSystem(proc, out var procFacts));
        Assert.Equal(Errno.None, _inspector.StatFileSystem(root, out var rootFacts));
        Assert.True(procFacts.IsProc);
        Assert.False(rootFacts.IsProc);
        Assert.Null(rootFacts.FuseOwner);
    }

    /// <summary>The walk ends at the file that the kernel opens by the same path, or at none where the kernel opens none.</summary>
    [Fact]
    public void Walks_any_path_to_where_the_kernel_walks_it()
    {
        using var folder = GuardFolder.Create();
        folder.Run("mkdir -p a/b && cp -p pre.sh a/f && cp -p pre.sh a/b/f && ln -s a l && ln -s ../a/b a/up && ln -s \"$PWD/a/b/..\" a/b/abs && ln -s f a/b/last && ln -s nowhere gone && ln -s f/ a/slash");
        var check = new EntryCheck(_inspector, 0);
        string[] parts = ["/", "//", "a", "b", "f", "l", "up", "abs", "last", "gone", "slash", "..", ".", "pre.sh"];

        Gen.Int[0, parts.Length - 1].Array[1, 10].Select(chosen => string.Join('/', chosen.Select(i => parts[i]))).Sample(
            relative =>
            {
                var path = $"{folder.Path}/{relative}";
                using var result = PathWalk.Run(_inspector, check, FileRule.Script, path);
                using var kernel = Libc.Open(path, LibC.O_PATH | LibC.O_NOFOLLOW, out _);
                FileStatus expected = default;
                var isFile = kernel is not null && _inspector.Stat(kernel, out expected) == Errno.None && expected.Kind == FileKind.Regular;
                return isFile == (result.File is not null) && (!isFile || expected == result.Status);
            },
            iter: 2000,
            threads: 1);
        Assert.Empty(folder.OpenDescriptors());
    }

    private static SafeFileHandle Open(string path) => Libc.Open(path, LibC.O_PATH | LibC.O_NOFOLLOW, out var errno)
        ?? throw new InvalidOperationException($"{path}: {errno.Describe()}");
}
