using System.Runtime.Versioning;
using System.Text;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>The first line of an executable file.</summary>
[SupportedOSPlatform("linux")]
internal static class ScriptHead
{
    // BINPRM_BUF_SIZE: the kernel looks no further for the interpreter either.
    private const int Size = 256;

    /// <summary>The interpreter behind <c>#!</c>, or null where the file names none.</summary>
    public static string? Interpreter(string path)
    {
        var line = FirstLine(path);
        if (!line.StartsWith("#!"u8))
        {
            return null;
        }

        var rest = line[2..].TrimStart(" \t"u8);
        var end = rest.IndexOfAny((byte)' ', (byte)'\t');
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }

    /// <summary>Whether the file looks like a text that a shell can read, and not like a program of another machine.</summary>
    public static bool IsText(string path) => !FirstLine(path).Contains((byte)0);

    private static ReadOnlySpan<byte> FirstLine(string path)
    {
        ReadOnlySpan<byte> head = ProcReader.TryRead(path, Size);
        var end = head.IndexOf((byte)'\n');
        return end < 0 ? head : head[..end];
    }
}
