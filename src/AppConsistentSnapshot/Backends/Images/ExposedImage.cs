namespace AppConsistentSnapshot.Backends.Images;

internal sealed class ExposedImage : IExposedSnapshot
{
    private readonly ImageMount _mount;

    public ExposedImage(ImageMount mount) => _mount = mount;

    public string SnapshotId => _mount.SnapshotId;

    public string MountPoint => _mount.MountPoint;

    public string? Device => _mount.Device;

    public async ValueTask DisposeAsync() => _ = await BlockingCall.Start("acs-image-unmount", () =>
    {
        _mount.TakeAway();
        return true;
    }).ConfigureAwait(false);
}
