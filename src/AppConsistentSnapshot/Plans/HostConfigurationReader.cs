using System.Globalization;

namespace AppConsistentSnapshot.Plans;

/// <summary>Gets the limit and the plug-ins out of a host configuration. Stricter than the reference, for which a file that names no plug-in meant "application consistent".</summary>
internal static class HostConfigurationReader
{
    public const string SectionName = "pre_post";
    public const int LongestTimeout = 1800;
    private const string Default = "DEFAULT";
    private const string Timeout = "timeoutInSeconds";
    private const string Number = "numberOfPlugins";

    public static HostConfigurationDraft Read(ReadOnlyMemory<byte> text, HostConfigurationContext context)
    {
        var draft = new HostConfigurationDraft();
        var sections = IniReader.Read(text, context);
        CheckOthers(sections, context);
        if (!sections.TryGetValue(SectionName, out var section))
        {
            ReportNoSection(sections, context);
            return draft;
        }

        foreach (var option in section.Options.Values)
        {
            CheckValue(option, context);
        }

        ReadTimeout(section, draft, context);
        var entries = new HostPluginReader(section, context);
        entries.Read(ReadNumber(section, context), draft);
        WarnUnknown(section, entries, context);
        return draft;
    }

    private static void CheckOthers(IReadOnlyDictionary<string, IniSection> sections, HostConfigurationContext context)
    {
        foreach (var section in sections.Values.Where(static section => section.Name != SectionName))
        {
            var name = Excerpt.Of(section.Name);
            Problem problem = section.Name == Default
                ? new("A section [DEFAULT] gives options to all others, which is not supported here.", $"Write its options into [{SectionName}].")
                : new($"The section [{name}] has no effect.", $"Remove it, or correct its name to [{SectionName}], upper and lower case included.");
            problem = problem with { Position = section.Position, Field = name, Found = $"[{name}]", Allowed = $"[{SectionName}]" };
            if (section.Name == Default)
            {
                context.Error(problem);
            }
            else
            {
                context.Warn(problem);
            }
        }
    }

    private static void ReportNoSection(IReadOnlyDictionary<string, IniSection> sections, HostConfigurationContext context)
    {
        if (sections.Count == 0 && !context.Errors.IsEmpty)
        {
            return;
        }

        var nearest = NearestName.Find(SectionName, [.. sections.Keys]);
        context.Error(new(
            $"The file has no section [{SectionName}] and so names no plug-in.",
            nearest is null
                ? $"Write the section [{SectionName}] with at least one plug-in, or remove the file to use the plan file alone."
                : $"Write [{SectionName}] instead of [{Excerpt.Of(nearest)}]: upper and lower case and blanks matter.")
        {
            Position = nearest is null ? TextPosition.Start : sections[nearest].Position,
            Found = nearest is null ? "nothing" : $"[{Excerpt.Of(nearest)}]",
            Allowed = $"[{SectionName}]",
        });
    }

    private static void CheckValue(IniOption option, HostConfigurationContext context)
    {
        var value = option.Value.Replace("%%", string.Empty, StringComparison.Ordinal);
        if (value.Contains('%', StringComparison.Ordinal))
        {
            context.Refuse(option, "has a single percent sign, which stands for another option's value", "a value without references", "Write %% for a percent sign that is meant as such.");
        }
        else if (value.Contains('\0', StringComparison.Ordinal))
        {
            context.Refuse(option, "contains a NUL character", "text", "Remove the character.");
        }
    }

    private static void ReadTimeout(IniSection section, HostConfigurationDraft draft, HostConfigurationContext context)
    {
        if (!section.Options.TryGetValue(Timeout, out var option))
        {
            return;
        }

        if (TryParse(option, out var seconds) && seconds is >= 1 and <= LongestTimeout)
        {
            draft.TimeoutSeconds = seconds;
            return;
        }

        context.Refuse(option, $"is '{Excerpt.Of(option.Value)}'", $"a whole number from 1 to {LongestTimeout}",
            $"Write a whole number of seconds from 1 to {LongestTimeout}, or remove the line for {LongestTimeout}. It can only lower the limit of a plan.");
    }

    private static int? ReadNumber(IniSection section, HostConfigurationContext context)
    {
        const string Allowed = "a whole number, 1 or more";
        const string Action = "Write how many plug-ins the file names, such as 'numberOfPlugins: 1', or remove the file to use the plan file alone.";
        if (!section.Options.TryGetValue(Number, out var option))
        {
            context.Error(new($"{Number} is missing; it must be {Allowed}.", Action)
            {
                Position = section.Position,
                Field = Number,
                Found = "nothing",
                Allowed = Allowed,
            });
            return null;
        }

        if (TryParse(option, out var number) && number >= 1)
        {
            return number;
        }

        context.Refuse(option, $"is '{Excerpt.Of(option.Value)}'", Allowed, Action);
        return null;
    }

    private static bool TryParse(IniOption option, out int value) => int.TryParse(
        option.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out value);

    private static void WarnUnknown(IniSection section, HostPluginReader entries, HostConfigurationContext context)
    {
        foreach (var option in section.Options.Values.Where(option => !IsKnown(option.Name) && !entries.IsUsed(option)))
        {
            var name = Excerpt.Of(option.Name);
            var index = HostPluginReader.IndexOf(option.Name);
            var nearest = context.Warnings.IsFull ? null : NearestName.Find(option.Name, Known(option.Name));
            var (message, action) = (index, nearest) switch
            {
                ({ } entry, _) => ($"{name} has no effect: {Number} counts the plug-ins from 0, so {entry} is not among them.", $"Raise {Number}, or remove the line."),
                (_, null) => ($"{name} is no option of a host configuration and has no effect.", $"Remove {name}."),
                _ => ($"{name} is no option of a host configuration and has no effect. Is {nearest} meant?", $"Write {nearest} instead of {name}, or remove it."),
            };
            context.Warn(new(message, action)
            {
                Position = option.Position,
                Field = name,
                Found = name,
                Allowed = nearest ?? string.Join(", ", Known("0")),
            });
        }
    }

    // With the number that the option has itself.
    private static IReadOnlyCollection<string> Known(string option)
    {
        var index = option[option.AsSpan().TrimEnd("0123456789").Length..];
        return [Timeout, Number, .. HostPluginReader.NamesWith(index.Length > 0 ? index : "0")];
    }

    private static bool IsKnown(string name) =>
        name.Equals(Timeout, StringComparison.OrdinalIgnoreCase) || name.Equals(Number, StringComparison.OrdinalIgnoreCase);
}
