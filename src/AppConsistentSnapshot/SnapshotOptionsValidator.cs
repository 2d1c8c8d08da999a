using Microsoft.Extensions.Options;

namespace AppConsistentSnapshot;

/// <summary>What the options allow, each with the value that was found.</summary>
internal sealed class SnapshotOptionsValidator : IValidateOptions<SnapshotOptions>
{
    private static readonly TimeSpan LongestFreeze = TimeSpan.FromSeconds(60);

    // What a timer and Polly's time-outs can hold.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public ValidateOptionsResult Validate(string? name, SnapshotOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        MustBeAbsolute(result, nameof(options.PlanPath), options.PlanPath);
        MustBeAbsolute(result, nameof(options.HostConfigurationPath), options.HostConfigurationPath);
        MustBeAbsolute(result, nameof(options.FreezerPath), options.FreezerPath ?? "/");
        Must(result, nameof(options.FreezerMode), options.FreezerMode is FreezerMode.Process or FreezerMode.InProcess, "Process or InProcess", options.FreezerMode);
        Must(result, nameof(options.Owner), options.Owner >= 0, "a user id of 0 or more", options.Owner);
        MustBeWithin(result, nameof(options.FreezeLimit), options.FreezeLimit, LongestFreeze);
        MustBeWithin(result, nameof(options.QuiesceLimit), options.QuiesceLimit, Longest);
        MustBeWithin(result, nameof(options.ParticipantLimit), options.ParticipantLimit, Longest);
        MustBeWithin(result, nameof(options.FlushLimit), options.FlushLimit, Longest);
        MustBeWithin(result, nameof(options.CutLimit), options.CutLimit, Longest);
        MustBeWithin(result, nameof(options.PrepareLimit), options.PrepareLimit, Longest);
        MustBeWithin(result, nameof(options.CompleteLimit), options.CompleteLimit, Longest);
        MustBeWithin(result, nameof(options.RollBackLimit), options.RollBackLimit, Longest);
        MustBeWithin(result, nameof(options.RunLimit), options.RunLimit ?? Longest, Longest);
        MustBeAbsolute(result, nameof(options.JournalFolder), options.JournalFolder);
        MustBeAbsolute(result, nameof(options.RuntimeFolder), options.RuntimeFolder);
        MustBeWithin(result, nameof(options.JournalLimit), options.JournalLimit, Longest);
        MustNotBeNegative(result, nameof(options.WaitForOtherRun), options.WaitForOtherRun);
        MustNotBeNegative(result, nameof(options.GracePeriod), options.GracePeriod);
        MustNotBeNegative(result, nameof(options.ScriptRetryDelay), options.ScriptRetryDelay);
        MustNotBeNegative(result, nameof(options.BackendRetryDelay), options.BackendRetryDelay);
        MustNotBeNegative(result, nameof(options.RunRetryDelay), options.RunRetryDelay);
        Must(result, nameof(options.BackendRetries), options.BackendRetries >= 0, "0 or more", options.BackendRetries);
        Must(result, nameof(options.RunRetries), options.RunRetries >= 0, "0 or more", options.RunRetries);
        Must(result, nameof(options.ScriptUmask), ((int)options.ScriptUmask & ~0x1FF) == 0, "nine permission bits", (int)options.ScriptUmask);
        return result.Build();
    }

    /// <summary>Checks options outside a container.</summary>
    /// <exception cref="OptionsValidationException">An option is not allowed; the message names it, its value and what is.</exception>
    public static void Check(SnapshotOptions options)
    {
        var result = new SnapshotOptionsValidator().Validate(name: null, options);
        if (result.Failed)
        {
            throw new OptionsValidationException(nameof(SnapshotOptions), typeof(SnapshotOptions), result.Failures);
        }
    }

    private static void MustBeAbsolute(ValidateOptionsResultBuilder result, string name, string? path) =>
        Must(result, name, path is ['/', ..], "an absolute path", path);

    private static void MustBeWithin(ValidateOptionsResultBuilder result, string name, TimeSpan value, TimeSpan most) =>
        Must(result, name, value > TimeSpan.Zero && value <= most, $"more than zero and at most {most}", value);

    private static void MustNotBeNegative(ValidateOptionsResultBuilder result, string name, TimeSpan value) =>
        Must(result, name, value >= TimeSpan.Zero && value <= Longest, $"zero or more and at most {Longest}", value);

    private static void Must(ValidateOptionsResultBuilder result, string name, bool isAllowed, string allowed, object? found)
    {
        if (!isAllowed)
        {
            result.AddError($"must be {allowed}, but is '{found}'.", name);
        }
    }
}
