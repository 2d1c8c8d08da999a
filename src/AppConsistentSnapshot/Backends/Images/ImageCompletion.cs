using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Backends.Images;

/// <summary>Makes an image that was cut into a snapshot: on the disk, read-only, by its final name, with its manifest. May be repeated.</summary>
internal sealed class ImageCompletion
{
    private readonly ImageKernel _kernel;
    private readonly ImageManifestStore _manifests;
    private readonly string _runId;

    public ImageCompletion(ImageKernel kernel, ImageManifestStore manifests, string runId)
    {
        _kernel = kernel;
        _manifests = manifests;
        _runId = runId;
    }

    public BackendSnapshot Complete(ImageFolder folder, ImageTarget target, CompletionContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = folder.PathOf(target.Name);
        Verify(target, path);
        ImageFailure.Check(_kernel.Content.MakeReadOnly(target.Handle), $"Making '{path}' read-only", target.Volume);
        ImageFailure.Check(_kernel.Content.Flush(target.Handle), $"Flushing '{path}'", target.Volume);
        cancellationToken.ThrowIfCancellationRequested();
        Publish(folder, target, path);
        cancellationToken.ThrowIfCancellationRequested();

        // The manifest comes last: with it the snapshot is there, without it there is none.
        var manifest = ImageSnapshots.Describe(target, _runId, context);
        _manifests.Write(folder, manifest);
        return ImageSnapshots.Of(folder, manifest);
    }

    private void Verify(ImageTarget target, string path)
    {
        ImageFailure.Check(_kernel.Files.Facts(target.Handle, out var facts), $"Looking at '{path}'", target.Volume);
        if (facts.Length != target.Source.BackingLength)
        {
            throw ImageFailure.Refuse(
                $"'{path}' has {facts.Length} bytes, and '{target.Source.BackingFile}' had {target.Source.BackingLength} when the cut was prepared.",
                "Find out what changed the length of the backing file during the run.", target.Volume);
        }
    }

    private void Publish(ImageFolder folder, ImageTarget target, string path)
    {
        if (folder.Find(target.Name) is { } facts && facts.Inode == target.Inode)
        {
            // By an earlier try.
            return;
        }

        ImageFailure.Check(
            _kernel.Files.Rename(folder.Handle, ImageName.PartialOf(target.Name), target.Name, replace: false),
            $"Renaming '{ImageName.PartialOf(path)}' to '{target.Name}'", target.Volume);
        if (folder.Find(target.Name)?.Inode != target.Inode)
        {
            throw ImageFailure.Refuse(
                $"'{path}' is not the file that was cut.", "Find out what else writes to the image folder.", target.Volume);
        }
    }
}
