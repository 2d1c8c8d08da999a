using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Diagnostics;

internal static partial class Log
{
    [LoggerMessage(500, LogLevel.Information, "'{File}' is copied byte by byte, for its blocks cannot be shared: {Reason}")]
    public static partial void CannotReflink(this ILogger logger, string file, string reason);

    [LoggerMessage(501, LogLevel.Warning, "'{Path}' is skipped: {Reason}")]
    public static partial void ImageSkipped(this ILogger logger, string path, string reason);

    [LoggerMessage(502, LogLevel.Information, "Image '{Id}' is deleted")]
    public static partial void ImageDeleted(this ILogger logger, string id);

    [LoggerMessage(503, LogLevel.Information, "Image '{Id}' is mounted on '{MountPoint}' from {Device}")]
    public static partial void ImageExposed(this ILogger logger, string id, string mountPoint, string device);

    [LoggerMessage(504, LogLevel.Warning, "'{MountPoint}' (image '{Id}') is busy: it is hidden now, and ends with its last use")]
    public static partial void MountBusy(this ILogger logger, string mountPoint, string id);

    [LoggerMessage(505, LogLevel.Warning, "What is mounted on '{MountPoint}' is not the image '{Id}' any more; it is left alone")]
    public static partial void MountNotOurs(this ILogger logger, string mountPoint, string id);

    [LoggerMessage(506, LogLevel.Error, "'{MountPoint}' (image '{Id}') could not be unmounted: {Reason}")]
    public static partial void CannotUnmount(this ILogger logger, string mountPoint, string id, string reason);

    [LoggerMessage(507, LogLevel.Warning, "The image folder '{Folder}' of run {RunId} is not there; if its disk is, the run's images may still be on it")]
    public static partial void ImageFolderGone(this ILogger logger, string folder, string runId);

    [LoggerMessage(508, LogLevel.Warning, "The folder '{Folder}' could not be flushed: {Reason}")]
    public static partial void CannotFlushFolder(this ILogger logger, string folder, string reason);

    [LoggerMessage(509, LogLevel.Warning, "A preparation ended after nobody waited for it any more; it is undone: {RecoveryState}")]
    public static partial void PrepareCameLate(this ILogger logger, string recoveryState);
}
