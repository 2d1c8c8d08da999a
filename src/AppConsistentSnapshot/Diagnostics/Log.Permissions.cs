using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Diagnostics;

internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Debug, "Plan {Plan}: only its owner can touch it and its scripts")]
    public static partial void PlanVerified(this ILogger logger, string plan);

    [LoggerMessage(201, LogLevel.Warning, "Plan {Plan} is refused for {Count} reasons; the first: {Reason}")]
    public static partial void PlanNotPermitted(this ILogger logger, string plan, int count, string reason);

    [LoggerMessage(202, LogLevel.Warning, "Plan {Plan}: {Warning}")]
    public static partial void PermissionWarning(this ILogger logger, string plan, string warning);
}
