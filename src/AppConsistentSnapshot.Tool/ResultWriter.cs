using AppConsistentSnapshot.Tool.Rendering;
using AppConsistentSnapshot.Tool.Verbs;

namespace AppConsistentSnapshot.Tool;

/// <summary>Writes a result to standard output. Whatever happens here, the exit status stays what the verb has said.</summary>
internal static class ResultWriter
{
    public static void Write(VerbResult result, CommandServices services, bool json)
    {
        var writer = services.Output.Profile.Out.Writer;
        var problem = json ? WriteJson(result, writer) : WritePage(result, services);
        if (writer is TolerantWriter { Failure: { } failure })
        {
            problem = failure.Message;
        }

        if (problem is not null)
        {
            services.Error.Profile.Out.Writer.Write($"acsnap: error: the result could not be written to standard output: {Escape.ForPerson(problem)}\n");
        }
    }

    private static string? WriteJson(VerbResult result, TextWriter writer)
    {
        writer.Write(result.Json + "\n");
        writer.Flush();
        return null;
    }

    private static string? WritePage(VerbResult result, CommandServices services)
    {
        try
        {
            result.Person(new Page(services.Output));
            services.Output.Profile.Out.Writer.Flush();
            return null;
        }
#pragma warning disable CA1031 // A defect in drawing must not turn the verdict into another one.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            return $"{defect.GetType().Name}: {defect.Message} (use --json)";
        }
    }
}
