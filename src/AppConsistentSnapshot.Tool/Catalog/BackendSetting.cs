using System.Globalization;
using AppConsistentSnapshot.Tool.Arguments;

namespace AppConsistentSnapshot.Tool.Catalog;

/// <summary>One typed setting of a backend, for <c>--set BACKEND.KEY=VALUE</c>.</summary>
internal sealed class BackendSetting
{
    private readonly Func<string, object?> _parse;

    private BackendSetting(string name, string description, string allowed, Func<string, object?> parse)
    {
        Name = name;
        Description = description;
        Allowed = allowed;
        _parse = parse;
    }

    public string Name { get; }

    /// <summary>Gets what it is for, as the help says it.</summary>
    public string Description { get; }

    /// <summary>Gets what a value may be.</summary>
    public string Allowed { get; }

    public static BackendSetting Text(string name, string description) =>
        new(name, description, "a text that is not empty", static value => value.Length > 0 ? value : null);

    public static BackendSetting Folder(string name, string description) =>
        new(name, description, "the path of a folder", static value =>
            value.Length > 0 && !value.StartsWith('-') && !value.Contains('\0', StringComparison.Ordinal) ? Path.GetFullPath(value) : null);

    public static BackendSetting Integer(string name, string description, long least, long most) =>
        new(name, description, $"a whole number from {least} to {most}", value =>
            long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : null);

    public static BackendSetting Seconds(string name, string description, TimeSpan longest) =>
        new(name, description, string.Create(CultureInfo.InvariantCulture, $"seconds, more than 0 and at most {longest.TotalSeconds}"),
            value => SecondsArgument.Parse(value, longest));

    public static BackendSetting Flag(string name, string description) =>
        new(name, description, "true or false", static value => bool.TryParse(value, out var flag) ? flag : null);

    public static BackendSetting OneOf(string name, string description, params string[] values) =>
        new(name, description, $"one of {string.Join(", ", values)}", value => values.Contains(value, StringComparer.Ordinal) ? value : null);

    /// <summary>Gives the typed value, or null where the text is not allowed.</summary>
    public object? Parse(string value) => _parse(value);
}
