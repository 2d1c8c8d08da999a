using System.CommandLine;
using System.CommandLine.Invocation;
using AppConsistentSnapshot.Tool.Reporting;
using AppConsistentSnapshot.Tool.Verbs;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Tool;

/// <summary>The command, from its arguments to its exit status.</summary>
internal static class AcsnapCommand
{
    // A '@' at the start of a value is part of it, not the name of a file with more arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(IReadOnlyList<string> args, CommandServices services)
    {
        var tree = new CommandTree(services.Backends);
        var parse = tree.Root.Parse(args, Parsing);
        if (parse.Action is not (null or ParseErrorAction))
        {
            return parse.Invoke(new InvocationConfiguration
            {
                Output = services.Output.Profile.Out.Writer,
                Error = services.Error.Profile.Out.Writer,
                EnableDefaultExceptionHandler = false,
            });
        }

        using var reporter = new Reporter(services.Error, services.TimeProvider);
        if (ParseProblems.Of(parse) is { Count: > 0 } problems)
        {
            return Refuse(problems, parse, reporter);
        }

        var verb = tree.Find(parse.CommandResult.Command) ?? throw new InvalidOperationException("A command that is no verb should have been refused.");
        var isVerbose = parse.GetValue(tree.Common.Verbose);
        using var loggers = LoggerFactory.Create(builder => builder
            .SetMinimumLevel(isVerbose ? LogLevel.Debug : LogLevel.Warning)
            .AddProvider(new LineLoggerProvider(reporter, services.TimeProvider)));
        using var cancellation = new Cancellation(services.ListenForSignals, reporter);
        var context = new VerbContext
        {
            Parse = parse,
            Services = services,
            Reporter = reporter,
            LoggerFactory = loggers,
            CancellationToken = cancellation.Token,
        };
        return await ExecuteAsync(verb, context, parse.GetValue(tree.Common.Json), isVerbose).ConfigureAwait(false);
    }

    private static async Task<int> ExecuteAsync(IVerb verb, VerbContext context, bool json, bool isVerbose)
    {
        VerbResult result;
        try
        {
            result = await verb.ExecuteAsync(context).ConfigureAwait(false);
        }
        catch (UsageException usage)
        {
            return Refuse(usage.Problems, context.Parse, context.Reporter);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            context.Reporter.Error(verb.WhenCancelled);
            return ExitCode.Cancelled;
        }
#pragma warning disable CA1031 // The last place before a stack trace: a defect is said in a line, and is never taken for a success.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failures.Say(failure, context.Reporter, isVerbose);
            return ExitCode.Failed;
        }

        // Both streams may be one terminal: what was said on the way comes first.
        context.Reporter.Close();
        ResultWriter.Write(result, context.Services, json);
        return result.ExitCode;
    }

    private static int Refuse(IReadOnlyList<string> problems, ParseResult parse, Reporter reporter)
    {
        foreach (var problem in problems)
        {
            reporter.Error(problem);
        }

        var verb = parse.CommandResult.Command is RootCommand ? string.Empty : $" {parse.CommandResult.Command.Name}";
        reporter.Note($"see 'acsnap{verb} --help'");
        return ExitCode.Usage;
    }
}
