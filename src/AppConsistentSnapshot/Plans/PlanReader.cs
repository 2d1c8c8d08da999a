using System.Text.Json;

namespace AppConsistentSnapshot.Plans;

/// <summary>Walks over a plan once and collects its values and everything that is wrong with it. Never throws for what it finds.</summary>
internal static class PlanReader
{
    public static void Read(PlanContext context)
    {
        if (JsonFault.OfWholeText(context) is { } fault)
        {
            context.Error(fault);
            return;
        }

        var tokens = new PlanTokens(context);
        try
        {
            ReadTop(ref tokens, context);
        }
        catch (JsonException exception)
        {
            context.Error(JsonFault.Of(exception, tokens, context));
            LookFurther(context, tokens.Start);
        }
    }

    /// <summary>Looks for the two fields that the failure policy needs where the text is no plan that can be walked.</summary>
    public static void LookFurther(PlanContext context, int start)
    {
        var rest = context.Text.Span[start..];
        context.Draft.AllowContinue(!Flag.AppearsFalse(rest, ScriptPlanFields.ContinueBackupOnFailure));
        context.Draft.AllowFreeze(!Flag.AppearsFalse(rest, ScriptPlanFields.FsFreezeEnabled));
    }

    private static void ReadTop(ref PlanTokens tokens, PlanContext context)
    {
        _ = tokens.Read();
        var (start, seen) = (tokens.Start, new PlanKeys(context));
        if (tokens.Type != JsonTokenType.StartObject)
        {
            RefuseTop(ref tokens, context);
        }
        else
        {
            ReadMembers(ref tokens, context, seen);
        }

        // There is nothing behind the end; the reader complains if there is.
        while (tokens.Read())
        {
        }

        if (context.Text.Span[start] == (byte)'{')
        {
            seen.ReportMissing(start);
        }
    }

    private static void ReadMembers(ref PlanTokens tokens, PlanContext context, PlanKeys seen)
    {
        while (tokens.Read() && tokens.Type == JsonTokenType.PropertyName)
        {
            var start = tokens.Start;
            PlanField? field = null;
            if (tokens.TryGetString(field: null, out var name))
            {
                field = seen.Add(name, start);
            }

            _ = tokens.Read();
            if (field is not null)
            {
                field.Read(ref tokens, context);
            }
            else
            {
                _ = tokens.Skip(name is null ? null : Excerpt.Of(name));
            }
        }
    }

    private static void RefuseTop(ref PlanTokens tokens, PlanContext context)
    {
        var start = tokens.Start;
        context.Error(new("The plan is no JSON object.", "Write all fields between one { and one }.")
        {
            Position = context.At(start),
            Found = Excerpt.Of(tokens.Skip(field: null)),
            Allowed = "an object: { \"preScriptLocation\": …, \"postScriptLocation\": …, … }",
        });
        LookFurther(context, start);
    }
}
