using System.Text;
using AppConsistentSnapshot.Freezing;
using AppConsistentSnapshot.Testing.Kernel;
using CsCheck;

namespace AppConsistentSnapshot.Tests.Freezing;

public sealed class MountTablePropertyTests
{
    private static readonly Gen<string> Field = OneOf(
        "", "-", "/", "/a", "/a/b", "/a\\040b", "\\", "\\1", "\\377", "0", "1", "2", "27", "8:0", "0:1", ":", "ext4", "tmpfs", "rw", "shared:1", " ", "\t", "\0", "ä");

    [Fact]
    public void No_bytes_make_the_table_throw() =>
        Gen.Byte.Array[0, 400].Sample(bytes =>
        {
            var table = MountTable.Parse(bytes);
            _ = table.Find("/a/b");
            return table.UnreadableLines + table.Entries.Count <= bytes.Count(value => value == '\n') + 1;
        });

    [Fact]
    public void No_arrangement_of_fields_makes_the_table_throw() =>
        Field.Array[0, 14].Select(fields => string.Join(' ', fields)).Array[0, 8].Sample(lines =>
        {
            var table = MountTable.Parse(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
            foreach (var entry in table.Entries)
            {
                _ = table.Find(entry.FileSystem.MountPoint);
            }

            return true;
        });

    [Fact]
    public void Every_path_without_NUL_survives_the_kernels_escaping() =>
        Gen.Char.Where(character => character is not '\0' and not '/' && !char.IsSurrogate(character)).Array[1, 20].Select(characters => "/" + new string(characters))
            .Sample(path =>
            {
                var kernel = new FakeKernel();
                var mount = kernel.Mount(kernel.FileSystems[0], path);
                return MountTable.Parse(kernel.ReadMountTable()).Find(path)?.MountId == mount.Id;
            });

    [Fact]
    public void Finds_what_a_walk_over_the_mounts_in_their_order_finds() =>
        OneOf("/a", "/b", "/a/b", "/a/b/c", "/a/c", "/").Array[0, 8].Sample(paths =>
        {
            var kernel = new FakeKernel();
            foreach (var path in paths)
            {
                _ = kernel.Mount(kernel.FileSystems[0], path);
            }

            // What was mounted last on a path or on one above it is what the path leads to.
            var table = MountTable.Parse(kernel.ReadMountTable());
            const string Asked = "/a/b/c/d";
            var last = Array.FindLastIndex(paths, path => path == "/" || Asked.StartsWith(path + "/", StringComparison.Ordinal));
            return table.Find(Asked)?.MountId == 22 + last;
        });

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
