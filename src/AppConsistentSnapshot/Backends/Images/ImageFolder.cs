using AppConsistentSnapshot.Interop;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>A folder that holds images: open, and such that nobody but root can put anything into it or swap it.</summary>
internal sealed class ImageFolder : IDisposable
{
    private const int OthersWrite = 0x12; // 022
    private const int Sticky = 0x200; // 01000
    private readonly IImageFiles _files;

    private ImageFolder(IImageFiles files, SafeFileHandle handle, string path)
    {
        _files = files;
        Handle = handle;
        Path = path;
    }

    public SafeFileHandle Handle { get; }

    /// <summary>The path without links.</summary>
    public string Path { get; }

    /// <exception cref="SnapshotBackendException">It is not there, or others could change what is in it.</exception>
    public static ImageFolder Open(IImageFiles files, string path)
    {
        var errno = files.Facts(path, out var facts);
        if (errno == Errno.ENOENT)
        {
            throw ImageFailure.Refuse($"The image folder '{path}' does not exist.", $"Make it: 'install -d -o root -m 700 {path}'.");
        }

        ImageFailure.Check(errno, $"Looking at the image folder '{path}'");
        if (facts.Kind != FileKind.Folder)
        {
            var found = facts.Kind == FileKind.Link ? "a symbolic link" : "no folder";
            throw ImageFailure.Refuse($"The image folder '{path}' is {found}.", "Name the folder itself, by its own path.");
        }

        ImageFailure.Check(files.OpenFolder(path, out var handle, out var realPath), $"Opening the image folder '{path}'");
        var folder = new ImageFolder(files, handle!, realPath);
        try
        {
            folder.CheckTrust();
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Facts of a name, or null where it is not there.</summary>
    public FileFacts? Find(string name)
    {
        var errno = _files.Facts(Handle, name, out var facts);
        if (errno == Errno.ENOENT)
        {
            return null;
        }

        ImageFailure.Check(errno, $"Looking at '{PathOf(name)}'");
        return facts;
    }

    public SafeFileHandle Create(string name, string? volume = null)
    {
        ImageFailure.Check(_files.Create(Handle, name, out var file), $"Making '{PathOf(name)}'", volume);
        return file!;
    }

    public void Remove(string name)
    {
        var errno = _files.Remove(Handle, name);
        if (errno != Errno.ENOENT)
        {
            ImageFailure.Check(errno, $"Removing '{PathOf(name)}'");
        }
    }

    public void Dispose() => Handle.Dispose();

    private void CheckTrust()
    {
        for (var path = Path; path is not null; path = System.IO.Path.GetDirectoryName(path))
        {
            ImageFailure.Check(_files.Facts(path, out var facts), $"Looking at the folder '{path}'");
            if (facts.Owner != 0 && facts.Owner != _files.EffectiveUser)
            {
                throw ImageFailure.Refuse(
                    $"The folder '{path}' belongs to user {facts.Owner}, who could swap images.",
                    $"Run 'chown root {path}', or name another image folder.");
            }

            if ((facts.Mode & OthersWrite) != 0 && (facts.Mode & Sticky) == 0)
            {
                throw ImageFailure.Refuse(
                    $"The folder '{path}' has mode {Convert.ToString(facts.Mode, 8)}, so others than its owner could swap images.",
                    $"Run 'chmod go-w {path}', or name another image folder.");
            }
        }
    }
}
