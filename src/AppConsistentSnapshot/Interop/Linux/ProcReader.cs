using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>Reads and writes small files of the kernel. A process that is gone meanwhile is no exception.</summary>
[SupportedOSPlatform("linux")]
internal static class ProcReader
{
    private const int Limit = 8 * 1024 * 1024;

    /// <summary>The content, or null where it cannot be read.</summary>
    public static byte[]? TryRead(string path, int limit = Limit)
    {
        using var file = Libc.Open(path, LibC.O_RDONLY, out _);
        return file is null ? null : ReadAll(file, limit);
    }

    /// <summary>The content, and whether it could be read.</summary>
    public static byte[]? TryRead(string path, out bool isReadable)
    {
        var content = TryRead(path);
        isReadable = content is not null;
        return content;
    }

    /// <summary>The content as text, or null where it cannot be read.</summary>
    public static string? TryReadText(string path) =>
        TryRead(path) is { } content ? System.Text.Encoding.UTF8.GetString(content) : null;

    /// <summary>Writes in one call, as cgroup files want it.</summary>
    public static Errno Write(string path, string text)
    {
        using var file = Libc.Open(path, LibC.O_WRONLY, out var errno);
        return file is null ? errno : ProcessCalls.Write(file, System.Text.Encoding.ASCII.GetBytes(text));
    }

    private static byte[]? ReadAll(SafeFileHandle file, int limit)
    {
        var buffer = new byte[4096];
        var length = 0;
        while (length < limit)
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var count = ProcessCalls.Read(file, buffer.AsSpan(length, Math.Min(buffer.Length, limit) - length), out var errno);
            if (errno != Errno.None)
            {
                return null;
            }

            if (count == 0)
            {
                break;
            }

            length += count;
        }

        return buffer[..length];
    }
}
