using System.CommandLine;
using AppConsistentSnapshot.Tool.Catalog;

namespace AppConsistentSnapshot.Tool.Arguments;

/// <summary>The options that make up a request, for <c>run</c> and <c>explain</c>.</summary>
internal sealed class RequestOptions
{
    private static readonly TimeSpan LongestFreeze = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly CommonOptions _common;
    private readonly BackendOptions _backends;
    private readonly BackendCatalog _catalog;

    public RequestOptions(CommonOptions common, BackendCatalog catalog)
    {
        _common = common;
        _catalog = catalog;
        _backends = new BackendOptions(catalog, "Backend of every --mount that names none");
    }

    public Option<string[]> Mount { get; } = new("--mount")
    {
        Description = "Mount point to be part of the snapshot, and the backend that cuts it; may be given several times, at least once",
        HelpName = "PATH[=BACKEND]",
    };

    public Option<string> Consistency { get; } = new("--consistency")
    {
        Description = "The level that is wanted: application runs the scripts and freezes, filesystem freezes, crash does neither. Default: application",
        HelpName = LevelArgument.Forms,
    };

    public Option<string> Minimum { get; } = new("--minimum")
    {
        Description = "The lowest level at which a snapshot is kept; below it the run fails and is rolled back. Default: the plans' policy alone",
        HelpName = LevelArgument.Forms,
    };

    public Option<string> SingleDiskFallback { get; } = new("--single-disk-fallback")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "On a host with exactly one persistent disk, take a crash-consistent snapshot where the run would fail. Default: as the backend has it",
        HelpName = "true|false",
    };

    public Option<string> FreezeLimit { get; } = new("--freeze-limit")
    {
        Description = "The longest time in seconds that writes may be held; more than 0, at most 60. Default: 10",
        HelpName = "SECONDS",
    };

    public Option<string> Wait { get; } = new("--wait")
    {
        Description = "How long in seconds to wait for another run on this host to end; more than 0, at most 86400. Default: refuse at once",
        HelpName = "SECONDS",
    };

    public void AddTo(Command command)
    {
        command.Add(Mount);
        _backends.AddTo(command);
        command.Add(Consistency);
        command.Add(Minimum);
        command.Add(SingleDiskFallback);
        command.Add(FreezeLimit);
        command.Add(Wait);
    }

    /// <summary>Reads the request; nothing is made or touched yet.</summary>
    public RequestDraft Read(ParseResult parse, UsageProblems problems, ICollection<string> notes)
    {
        var mounts = ReadMounts(parse, problems, notes);
        var picks = _backends.ReadAll(parse, [.. mounts.Select(mount => mount.Backend).OfType<string>()], null, problems, notes);
        var consistency = LevelArgument.Read(Consistency.Name, parse.GetValue(Consistency), problems) ?? ConsistencyLevel.Application;
        var minimum = LevelArgument.Read(Minimum.Name, parse.GetValue(Minimum), problems);
        if (minimum > consistency)
        {
            problems.Add(Minimum.Name, parse.GetValue(Minimum), $"it must not be above {Consistency.Name}, which is {consistency}");
        }

        return new RequestDraft
        {
            Mounts = mounts,
            Picks = picks,
            Consistency = consistency,
            Minimum = minimum,
            SingleDiskFallback = ReadSingleDiskFallback(parse, problems),
            FreezeLimit = ReadSeconds(parse, FreezeLimit, LongestFreeze, "give seconds, more than 0 and at most 60, such as 10 or 0.5", problems),
            WaitForOtherRun = ReadSeconds(parse, Wait, LongestWait, "give seconds, more than 0 and at most 86400, such as 600", problems),
            PlanPaths = _common.ReadPlans(parse, problems),
            HostConfigurationPath = _common.ReadHostConfiguration(parse, problems),
        };
    }

    private List<MountArgument> ReadMounts(ParseResult parse, UsageProblems problems, ICollection<string> notes)
    {
        var values = parse.GetValue(Mount) ?? [];
        var common = parse.GetValue(_backends.Backend);
        if (values.Length == 0)
        {
            problems.Add(Mount.Name, null, "name at least one mount point, such as --mount /data ('acsnap check' checks plans alone)");
        }

        var mounts = new List<MountArgument>();
        foreach (var value in values)
        {
            var mount = MountArgument.Parse(value, _catalog);
            if (mount.Suspect is { } suspect)
            {
                notes.Add($"{Mount.Name} {value} is taken as a path, because '{suspect}' is no backend; known: {string.Join(", ", _catalog.Names)}");
            }

            if (PathArgument.ReadMountPoint(Mount.Name, mount.Path, problems) is not { } path)
            {
                continue;
            }

            var backend = mount.Backend ?? common;
            if (backend is null)
            {
                problems.Add(Mount.Name, value, $"name its backend, by {Mount.Name} {value}=BACKEND or by {_backends.Backend.Name} BACKEND for all");
            }

            mounts.Add(new MountArgument(path, backend));
        }

        return mounts;
    }

    private bool? ReadSingleDiskFallback(ParseResult parse, UsageProblems problems)
    {
        if (parse.GetResult(SingleDiskFallback) is null)
        {
            return null;
        }

        var value = parse.GetValue(SingleDiskFallback) ?? bool.TrueString;
        if (bool.TryParse(value, out var isOn))
        {
            return isOn;
        }

        problems.Add(SingleDiskFallback.Name, value, "give true or false, or nothing for true");
        return null;
    }

    private static TimeSpan? ReadSeconds(ParseResult parse, Option<string> option, TimeSpan longest, string allowed, UsageProblems problems)
    {
        if (parse.GetValue(option) is not { } value)
        {
            return null;
        }

        var seconds = SecondsArgument.Parse(value, longest);
        if (seconds is null)
        {
            problems.Add(option.Name, value, allowed);
        }

        return seconds;
    }
}
