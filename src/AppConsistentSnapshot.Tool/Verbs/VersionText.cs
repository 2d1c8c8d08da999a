using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace AppConsistentSnapshot.Tool.Verbs;

/// <summary>What <c>--version</c> says.</summary>
internal sealed class VersionText : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(VersionText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        parseResult.InvocationConfiguration.Output.WriteLine($"acsnap {version}");
        return ExitCode.Succeeded;
    }
}
