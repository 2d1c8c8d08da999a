using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Diagnostics;

internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Debug, "Plan {Path} is valid (SHA-256 {Sha256}), with {Warnings} warnings")]
    public static partial void PlanLoaded(this ILogger logger, string path, string sha256, int warnings);

    [LoggerMessage(101, LogLevel.Warning, "Plan {Path} cannot be used, {Errors} errors; the first: {First}")]
    public static partial void PlanRefused(this ILogger logger, string path, int errors, string first);

    [LoggerMessage(102, LogLevel.Debug, "Host configuration {Path} is valid (SHA-256 {Sha256}) and names {Plugins} plans, with {Warnings} warnings")]
    public static partial void HostConfigurationLoaded(this ILogger logger, string path, string sha256, int plugins, int warnings);

    [LoggerMessage(103, LogLevel.Warning, "Host configuration {Path} cannot be used, {Errors} errors; the first: {First}")]
    public static partial void HostConfigurationRefused(this ILogger logger, string path, int errors, string first);
}
