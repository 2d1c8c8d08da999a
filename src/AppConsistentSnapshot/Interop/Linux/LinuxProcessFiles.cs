using System.Globalization;
using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>What this process has open, from <c>/proc/self</c>. Nothing is opened or looked at for it but procfs.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxProcessFiles : IProcessFiles
{
    private const int AccessMode = 3;

    public LinuxProcessFiles() => Libc.Require("Looking at open files");

    public string? WorkingDirectory => Link("/proc/self/cwd");

    public string TempFolder => Path.TrimEndingDirectorySeparator(Path.GetTempPath());

    public IReadOnlyList<(int Descriptor, string Path)> FindWritten()
    {
        var files = new List<(int, string)>();
        foreach (var entry in Sysfs.List("/proc/self/fd"))
        {
            var name = Path.GetFileName(entry);
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor)
                && Link(entry) is ['/', ..] path && !path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/memfd:", StringComparison.Ordinal)
                && IsWritten(name))
            {
                files.Add((descriptor, path));
            }
        }

        return files;
    }

    private static bool IsWritten(string descriptor)
    {
        const string Label = "flags:";
        var line = ProcReader.TryReadText($"/proc/self/fdinfo/{descriptor}")?.Split('\n')
            .FirstOrDefault(static line => line.StartsWith(Label, StringComparison.Ordinal));
        try
        {
            return line is not null && (Convert.ToInt32(line[Label.Length..].Trim(), 8) & AccessMode) != 0;
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            return false;
        }
    }

    private static string? Link(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
