using System.Buffers.Text;
using System.Text;

namespace AppConsistentSnapshot.Freezing;

/// <summary>Reads the lines of <c>/proc/self/mountinfo</c>. No input makes it throw; a line that makes no sense is counted and left out.</summary>
internal ref struct MountTableParser
{
    // Types, options and roots repeat from line to line: remembering the last one saves most of the strings.
    private string _lastType = "";
    private string _lastOptions = "";
    private string _lastSuperOptions = "";

    public MountTableParser()
    {
    }

    public MountEntry? ParseLine(ReadOnlySpan<byte> line)
    {
        // proc(5): id parent major:minor root mount-point options [optional fields] - type source super-options
        var rest = line;
        if (!TryParseId(Next(ref rest), out var id) || !TryParseId(Next(ref rest), out var parent))
        {
            return null;
        }

        var device = Next(ref rest);
        var root = Next(ref rest);
        var mountPoint = Next(ref rest);
        var options = Next(ref rest);
        if (!IsDeviceNumber(device) || !mountPoint.StartsWith("/"u8) || !SkipOptionalFields(ref rest) || rest.IsEmpty)
        {
            return null;
        }

        var type = Next(ref rest);
        var source = Next(ref rest);
        var hasName = MountText.TryDecode(mountPoint, out var name);
        return new MountEntry
        {
            ParentId = parent,
            HasName = hasName,
            FileSystem = new MountedFileSystem
            {
                MountPoint = name,
                MountId = id,
                DeviceNumber = Encoding.ASCII.GetString(device),
                FileSystemType = Reuse(ref _lastType, type),
                Source = MountText.Decode(source),
                Root = root.SequenceEqual("/"u8) ? "/" : MountText.Decode(root),
                MountOptions = Reuse(ref _lastOptions, options),
                SuperOptions = Reuse(ref _lastSuperOptions, rest),
            },
        };
    }

    // A single blank separates: mounting with an empty source leaves two in a row, with an empty field between.
    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)' ');
        var field = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return field;
    }

    private static bool SkipOptionalFields(ref ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            if (Next(ref rest).SequenceEqual("-"u8))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryParseId(ReadOnlySpan<byte> field, out int id) =>
        Utf8Parser.TryParse(field, out id, out var length) && length == field.Length && id >= 0;

    private static bool IsDeviceNumber(ReadOnlySpan<byte> field)
    {
        var colon = field.IndexOf((byte)':');
        return colon > 0 && colon < field.Length - 1
            && !field[..colon].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && !field[(colon + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static string Reuse(ref string last, ReadOnlySpan<byte> field)
    {
        if (!Ascii.Equals(field, last))
        {
            last = MountText.Decode(field);
        }

        return last;
    }
}
