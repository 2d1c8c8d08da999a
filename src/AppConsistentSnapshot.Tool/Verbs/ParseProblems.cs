using System.CommandLine;
using System.CommandLine.Parsing;
using AppConsistentSnapshot.Tool.Arguments;

namespace AppConsistentSnapshot.Tool.Verbs;

/// <summary>What the parser found wrong, in words that say what is allowed.</summary>
internal static class ParseProblems
{
    public static IReadOnlyList<string> Of(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        if (command is RootCommand)
        {
            return [OfRoot(parse, command)];
        }

        var names = command.Options.Concat(parse.RootCommandResult.Command.Options)
            .SelectMany(option => option.Aliases.Prepend(option.Name)).Distinct(StringComparer.Ordinal).ToList();
        var unknown = parse.UnmatchedTokens.Select(token => token.StartsWith('-')
            ? $"'{token}' is no option of '{command.Name}'{NearestName.Hint(token, names)}"
            : $"'{token}' is one argument too many{Expected(command)}");

        // The parser has a message of its own for each unmatched token, without a word on what is allowed.
        var others = parse.Errors
            .Where(error => !parse.UnmatchedTokens.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal)))
            .Select(error => error.SymbolResult is OptionResult or null ? error.Message : Missing(parse, command));
        return [.. unknown, .. others.Distinct(StringComparer.Ordinal)];
    }

    private static string OfRoot(ParseResult parse, Command root)
    {
        var verbs = root.Subcommands.Select(verb => verb.Name).ToList();
        var typed = parse.UnmatchedTokens.Count > 0 ? parse.UnmatchedTokens[0] : null;
        return typed is null
            ? $"a verb is needed: {string.Join(", ", verbs)}"
            : $"'{typed}' is no verb{NearestName.Hint(typed, verbs)}; give one of {string.Join(", ", verbs)}";
    }

    private static string Missing(ParseResult parse, Command command)
    {
        var missing = command.Arguments.Where(argument => parse.GetResult(argument) is not { Tokens.Count: > 0 }).Select(argument => argument.Name);
        return $"missing: {string.Join(" and ", missing)}{Expected(command)}";
    }

    private static string Expected(Command command)
    {
        var names = command.Arguments.Select(argument => argument.Name).ToList();
        return names.Count == 0 ? $"; '{command.Name}' takes options only" : $"; '{command.Name}' takes {string.Join(" and ", names)}";
    }
}
