using AppConsistentSnapshot.Errors;

namespace AppConsistentSnapshot.Plans;

/// <summary>Where to put what is wrong with a host configuration.</summary>
internal sealed class HostConfigurationContext
{
    public HostConfigurationContext(string path)
    {
        Errors = new(path);
        Warnings = new(path);
    }

    public ProblemList Errors { get; }

    public ProblemList Warnings { get; }

    public void Error(Problem problem) => Errors.Add(ErrorCodes.IncorrectPluginhostFile, problem);

    public void Warn(Problem problem) => Warnings.Add(ErrorCodes.UnknownPlanKey, problem);

    /// <summary>Reports the value of an option as wrong.</summary>
    public void Refuse(IniOption option, string fault, string allowed, string action) => Error(
        new($"{Excerpt.Of(option.Name)} {fault}; allowed is {allowed}.", ActionFor(option, action))
        {
            Position = option.ValuePosition,
            Field = Excerpt.Of(option.Name),
            Found = Excerpt.Of(option.Value),
            Allowed = allowed,
        });

    // The two ways in which a value is longer than its author meant.
    private static string ActionFor(IniOption option, string action) => option switch
    {
        { ContinuedOn: { } line } => $"Line {line} is indented and so continues this value: remove the blanks at its beginning, if that is not meant. {action}",
        _ when option.Value.Contains(" ;", StringComparison.Ordinal) || option.Value.Contains(" #", StringComparison.Ordinal) =>
            $"Put the comment on a line of its own: behind a value it is part of it. {action}",
        _ => action,
    };
}
