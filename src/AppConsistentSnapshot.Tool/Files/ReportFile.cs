using System.Text;
using AppConsistentSnapshot.Tool.Arguments;
using AppConsistentSnapshot.Tool.Interop;

namespace AppConsistentSnapshot.Tool.Files;

/// <summary>The file of <c>--report</c>: there is the whole of it or nothing, only its owner can read it, and no link is followed.</summary>
internal sealed class ReportFile
{
    private readonly string _path;
    private readonly string _folder;

    private ReportFile(string path, string folder)
    {
        _path = path;
        _folder = folder;
    }

    /// <summary>Makes sure before the run that the report can be written after it, or notes why not.</summary>
    public static ReportFile? Prepare(string option, string value, UsageProblems problems)
    {
        if (PathArgument.ReadFull(option, value, problems) is not { } path)
        {
            return null;
        }

        var folder = Path.GetDirectoryName(path);
        var refusal = folder is null || Path.EndsInDirectorySeparator(path) ? "give the path of a file, not of a folder" : RefusalOf(path);
        if (refusal is not null)
        {
            problems.Add(option, value, refusal);
            return null;
        }

        var file = new ReportFile(path, folder!);
        if (Attempt(file.Probe) is { } failure)
        {
            problems.Add(option, value, $"a file has to be writable there: {failure}");
            return null;
        }

        return file;
    }

    /// <summary>Writes the report. Gives what went wrong, or null.</summary>
    public string? Write(string content) => Attempt(() => Replace(content));

    private static string? RefusalOf(string path) => Native.KindOf(path) switch
    {
        FileKind.Link => "it is a symbolic link, which is never followed; give the path of the file itself",
        FileKind.Folder => "it is a folder; give the path of a file",
        FileKind.Other => "it is no regular file; use --json to have the report on standard output",
        _ => null,
    };

    private static string? Attempt(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure.Message;
        }
    }

    private void Probe() => File.Delete(WriteNew("\n"));

    private void Replace(string content)
    {
        var temporary = WriteNew(content);
        try
        {
            if (RefusalOf(_path) is { } refusal)
            {
                throw new IOException($"'{_path}' changed during the run: {refusal}");
            }

            File.Move(temporary, _path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        // Best effort: the report is complete either way, and some file systems refuse to flush a folder.
        _ = Native.FlushFolder(_folder);
    }

    private string WriteNew(string content)
    {
        var temporary = Path.Combine(_folder, $".acsnap-{Guid.NewGuid():N}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(temporary, options);
        try
        {
            stream.Write(Encoding.UTF8.GetBytes(content));
            stream.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        return temporary;
    }
}
