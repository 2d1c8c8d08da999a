using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Freezing.Process;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Interop.Linux;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Freezing;

/// <summary>Chooses what is frozen and in which order, by the mount table alone; the engine does the rest.</summary>
internal sealed class FreezeController : IFreezeController, IFreezerSource
{
    private readonly IBlockDevices _devices;
    private readonly IFreezeSystemCalls _kernel;
    private readonly IFreezeEngineFactory _engines;
    private readonly MountTableReader _mounts;
    private readonly MountOpener _opener;
    private readonly ILogger _logger;

    public FreezeController(
        IMountSystem mounts, IBlockDevices devices, IFreezeSystemCalls kernel, IFreezeEngineFactory engines, ILogger<FreezeController> logger)
    {
        _devices = devices;
        _kernel = kernel;
        _engines = engines;
        _mounts = new MountTableReader(mounts, logger);
        _opener = new MountOpener(mounts);
        _logger = logger;
    }

    /// <summary>The controller of this machine.</summary>
    /// <exception cref="PlatformNotSupportedException">This is not Linux on x64 or arm64.</exception>
    public static FreezeController OfThisMachine(SnapshotOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("Freezing needs Linux. Use the fakes of the package AppConsistentSnapshot.Testing in unit tests.");
        }

        var kernel = new LinuxFreezeSystemCalls();
        return new FreezeController(
            new LinuxMountSystem(), new LinuxBlockDevices(), kernel, Engines(options, kernel, timeProvider, loggerFactory), loggerFactory.CreateLogger<FreezeController>());
    }

    /// <summary>What freezes on this machine.</summary>
    internal static IFreezeEngineFactory Engines(SnapshotOptions options, IFreezeSystemCalls kernel, TimeProvider timeProvider, ILoggerFactory loggerFactory) =>
        options.FreezerMode == FreezerMode.InProcess
            ? new FreezeEngineFactory(kernel, timeProvider)
            : FreezersOfThisMachine(options, kernel, timeProvider, loggerFactory);

    private static FreezerProcessFactory FreezersOfThisMachine(
        SnapshotOptions options, IFreezeSystemCalls kernel, TimeProvider timeProvider, ILoggerFactory loggerFactory) =>
        LinuxPlatform.IsSupported
            ? new FreezerProcessFactory(
                new LinuxFreezerLauncher(),
                new FreezerLocator(options.FreezerPath, AppContext.BaseDirectory),
                kernel,
                timeProvider,
                loggerFactory.CreateLogger<FreezerProcessFactory>())
            : throw LinuxPlatform.NotSupported("Freezing");

    public IReadOnlyList<MountInspection> Inspect(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        MountTable table;
        try
        {
            table = _mounts.Read();
        }
        catch (FreezeException error)
        {
            return [.. paths.Select(path => Unknown(path, error.Errors[0].Message))];
        }

        return [.. paths.Select(path => Inspect(table, path))];
    }

    public async ValueTask<IPreparedFreeze> PrepareAsync(IReadOnlyList<string> mountPoints, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mountPoints);
        ArgumentOutOfRangeException.ThrowIfZero(mountPoints.Count, nameof(mountPoints));
        cancellationToken.ThrowIfCancellationRequested();
        var table = _mounts.Read();
        var fileSystems = Choose(table, mountPoints);
        var levels = new FreezeOrder(table, _devices).FindLevels(fileSystems);
        await FreezeRehearsal.RunAsync().ConfigureAwait(false);
        var descriptors = await _opener.OpenAsync(fileSystems, cancellationToken).ConfigureAwait(false);
        PreparedFileSystem[] prepared =
        [
            .. Enumerable.Range(0, fileSystems.Count)
                .Select(index => new PreparedFileSystem(fileSystems[index], descriptors[index], levels[index]))
                .OrderBy(item => item.Level),
        ];
        _logger.FreezePrepared(prepared.Length, string.Join(' ', prepared.Select(item => item.FileSystem.MountPoint)));
        return new PreparedFreeze(prepared, _mounts, _kernel, _engines, _logger);
    }

    public ValueTask<IFreezer> ArmWithoutFileSystemsAsync(CancellationToken cancellationToken) => _engines.ArmAsync([], cancellationToken);

    /// <summary>One mount for each file system, all of them freezable; else every problem at once.</summary>
    private static List<MountedFileSystem> Choose(MountTable table, IReadOnlyList<string> mountPoints)
    {
        var inspections = mountPoints.Select(path => Inspect(table, path)).ToList();
        var errors = inspections.Select(FindProblem).OfType<SnapshotError>().ToList();
        return errors.Count == 0
            ? [.. inspections.Select(inspection => inspection.FileSystem!).DistinctBy(fileSystem => fileSystem.DeviceNumber, StringComparer.Ordinal)]
            : throw new FreezeException(errors);
    }

    private static SnapshotError? FindProblem(MountInspection inspection) => inspection switch
    {
        { FileSystem: null } => FreezeErrors.NotAMountPoint(inspection.Path, inspection.Reason!),
        { IsMountPoint: false, FileSystem: var fileSystem } => FreezeErrors.NotAMountPoint(
            inspection.Path,
            $"'{inspection.Path}' is not a mount point; by its name it lies on '{fileSystem.MountPoint}' (links are not followed)"),
        { Freezability: not Freezability.CanFreeze, FileSystem: var fileSystem } => FreezeErrors.NotFreezable(
            fileSystem, inspection.Freezability, inspection.Reason!),
        _ => null,
    };

    private static MountInspection Inspect(MountTable table, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!PathRules.TryNormalise(path, out var normalised, out var problem))
        {
            return Unknown(path, problem);
        }

        if (table.Find(normalised) is not { } fileSystem)
        {
            return Unknown(path, $"the mount table holds no mount for '{path}'");
        }

        var (freezability, reason) = FileSystemTypes.Classify(fileSystem.FileSystemType);
        return new MountInspection
        {
            Path = path,
            FileSystem = fileSystem,
            IsMountPoint = fileSystem.MountPoint == normalised,
            Freezability = freezability,
            Reason = reason,
        };
    }

    private static MountInspection Unknown(string path, string reason) =>
        new() { Path = path, Freezability = Freezability.Unsupported, Reason = reason };
}
