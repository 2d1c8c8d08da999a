using System.Text.Json;
using AppConsistentSnapshot.Interop;
using Microsoft.Win32.SafeHandles;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>Writes manifests so that they are there as a whole or not at all, and reads those that nobody but root can have written.</summary>
internal sealed class ImageManifestStore
{
    private const int OthersWrite = 0x12; // 022
    private const int MaximumLength = 1024 * 1024;
    private readonly ImageKernel _kernel;

    public ImageManifestStore(ImageKernel kernel) => _kernel = kernel;

    /// <exception cref="SnapshotBackendException">It could not be written. No manifest is there, but maybe its temporary file.</exception>
    public void Write(ImageFolder folder, ImageManifest manifest)
    {
        var name = ImageName.ManifestOf(manifest.Name);
        var temporary = ImageName.PartialOf(name);

        // Left by an earlier try: its name holds this run's id.
        folder.Remove(temporary);
        using (var file = folder.Create(temporary))
        {
            var what = $"Writing '{folder.PathOf(temporary)}'";
            var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, ImageJsonContext.Default.ImageManifest);
            for (var done = 0; done < bytes.Length;)
            {
                ImageFailure.Check(_kernel.Content.Write(file, bytes.AsSpan(done), done, out var written), what);
                done += written > 0 ? written : throw ImageFailure.Of(Errno.ENOSPC, what);
            }

            ImageFailure.Check(_kernel.Content.Flush(file), what);
        }

        ImageFailure.Check(
            _kernel.Files.Rename(folder.Handle, temporary, name, replace: true), $"Renaming '{folder.PathOf(temporary)}' to '{name}'");
        ImageFailure.Check(_kernel.Content.Flush(folder.Handle), $"Flushing the folder '{folder.Path}'");
    }

    /// <summary>Reads the manifest of an image.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="image">The image's name.</param>
    /// <param name="problem">Why there is none that can be relied on; null where there simply is none.</param>
    public ImageManifest? Read(ImageFolder folder, string image, out string? problem)
    {
        var errno = _kernel.Files.OpenRead(folder.Handle, ImageName.ManifestOf(image), out var opened);
        using var file = opened;
        if (file is null)
        {
            problem = errno == Errno.ENOENT ? null : errno.Describe();
            return null;
        }

        var manifest = Parse(file, out problem);
        problem ??= manifest?.FindProblem(image);
        return problem is null ? manifest : null;
    }

    private ImageManifest? Parse(SafeFileHandle file, out string? problem)
    {
        var errno = _kernel.Files.Facts(file, out var facts);
        problem = errno != Errno.None ? errno.Describe()
            : facts.Kind != FileKind.Regular || facts.Length > MaximumLength ? "it is no manifest of a disk image"
            : (facts.Owner != 0 && facts.Owner != _kernel.Files.EffectiveUser) || (facts.Mode & OthersWrite) != 0 ? "others than root can write it"
            : null;
        if (problem is not null)
        {
            return null;
        }

        var bytes = new byte[facts.Length];
        var length = 0;
        for (var read = 1; length < bytes.Length && read > 0; length += read)
        {
            errno = _kernel.Content.Read(file, bytes.AsSpan(length), length, out read);
            if (errno != Errno.None)
            {
                problem = errno.Describe();
                return null;
            }
        }

        try
        {
            var manifest = JsonSerializer.Deserialize(bytes.AsSpan(0, length), ImageJsonContext.Default.ImageManifest);
            problem = manifest?.Volumes is null ? "it is empty" : null;
            return manifest;
        }
        catch (JsonException error)
        {
            problem = error.Message;
            return null;
        }
    }
}
