using System.Security.Cryptography;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Plans;

/// <summary>What the two files have in common: how they are read, and which code says that they could not be.</summary>
internal sealed class PlanFile
{
    /// <summary>A plan has a few hundred bytes; this is only to keep a wrong path from filling the memory.</summary>
    public const int Limit = 1024 * 1024;

    private readonly string _what;
    private readonly ErrorCode _notFound;
    private readonly ErrorCode _noPermission;
    private readonly ErrorCode _incorrect;

    private PlanFile(string what, ErrorCode notFound, ErrorCode noPermission, ErrorCode incorrect)
    {
        _what = what;
        _notFound = notFound;
        _noPermission = noPermission;
        _incorrect = incorrect;
    }

    public static PlanFile Plan { get; } = new(
        "plan", ErrorCodes.PlanNotFound, ErrorCodes.PlanPermission, ErrorCodes.IncorrectJSONConfigFile);

    public static PlanFile HostConfiguration { get; } = new(
        "host configuration", ErrorCodes.HostConfigurationNotFound, ErrorCodes.HostConfigurationPermission, ErrorCodes.IncorrectPluginhostFile);

    public static string Sha256(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes.Span));

    /// <summary>The text without a byte order mark, which some editors write and which says nothing.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> bytes) => bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    /// <summary>Why nothing can be at a path, or null.</summary>
    public SnapshotError? FaultOf(string path)
    {
        var fault = path switch
        {
            "" => "is empty",
            _ when path.Contains('\0', StringComparison.Ordinal) => "contains a NUL character",
            _ when path[0] != '/' => $"'{Excerpt.Of(path)}' is not absolute",
            _ => null,
        };
        return fault is null ? null : Create(_notFound, path, $"The path of the {_what} {fault}.", $"Name the full path of the {_what}.");
    }

    /// <summary>Why a file could not be read, or null.</summary>
    public SnapshotError? FaultOf(string path, ConfigurationFileContent content) => content.Status switch
    {
        ConfigurationFileStatus.Read => null,
        ConfigurationFileStatus.NotFound => Create(
            _notFound, path, $"There is no {_what} at '{Excerpt.Of(path)}' ({content.Errno.Describe()}).", _notFound.RecommendedAction, content.Errno),
        ConfigurationFileStatus.NotRegular => Create(
            _notFound, path, $"At '{Excerpt.Of(path)}' there is {content.Kind} instead of a {_what} file.", $"Name a regular file, or replace {content.Kind} by one."),
        ConfigurationFileStatus.TooLarge => Create(
            _incorrect, path, $"'{Excerpt.Of(path)}' is longer than {Limit} bytes, so it is hardly a {_what}.", $"Name the right file; a {_what} has a few hundred bytes."),
        _ when content.Errno is Errno.EACCES or Errno.EPERM => Create(
            _noPermission, path, $"This process may not read '{Excerpt.Of(path)}' ({content.Errno.Describe()}).",
            "Run as the owner of the file (root), and look for security modules such as SELinux or AppArmor that forbid it.", content.Errno),
        _ => Create(
            _incorrect, path, $"'{Excerpt.Of(path)}' could not be read ({content.Errno.Describe()}).",
            "Try 'cat' on the file as root, and look at the kernel log for errors of the disk.", content.Errno),
    };

    private static SnapshotError Create(ErrorCode code, string path, string message, string action, Errno errno = Errno.None) => new(code, message)
    {
        RecommendedAction = action,
        Subject = path,
        Path = path,
        Errno = errno == Errno.None ? null : (int)errno,
    };
}
