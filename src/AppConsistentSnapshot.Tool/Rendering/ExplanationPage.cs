using System.Globalization;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.Tool.Rendering;

/// <summary>What <c>explain</c> and <c>check</c> found, for a person.</summary>
internal static class ExplanationPage
{
    public static void WriteCheck(Page page, SnapshotExplanation explanation)
    {
        WritePlans(page, explanation);
        ErrorPage.Write(page, "Problems", Page.Bad, explanation.Errors);
        ErrorPage.Write(page, "Warnings", Page.Odd, explanation.Warnings);
        if (explanation.Errors.Count == 0)
        {
            page.Line("No problems found.", Page.Good);
        }
    }

    public static void WriteExplanation(Page page, SnapshotExplanation explanation)
    {
        WriteBest(page, explanation);
        WritePlans(page, explanation);
        page.Line("Steps, in this order", Page.Heading);
        for (var i = 0; i < explanation.Steps.Count; i++)
        {
            var step = explanation.Steps[i];
            page.Line(string.Create(CultureInfo.InvariantCulture, $"  {i + 1,2}. {Words.Step(step.Name, step.Subject)}: {step.Description}"));
        }

        WriteMounts(page, explanation);
        ErrorPage.Write(page, "Problems", Page.Bad, explanation.Errors);
        ErrorPage.Write(page, "Hazards", Page.Odd, explanation.Warnings);
        page.Line("Nothing was touched.", Page.Dim);
    }

    private static void WriteBest(Page page, SnapshotExplanation explanation)
    {
        var (best, wanted) = (explanation.BestConsistency, explanation.RequestedConsistency);
        if (best == ConsistencyLevel.None)
        {
            page.Line(("The run would fail", Page.Bad), ($"; {Words.Level(wanted)} is wanted.", Page.Plain));
        }
        else
        {
            page.Line(
                ("Best level that can be reached: ", Page.Plain),
                (Words.Level(best), best < wanted ? Page.Odd : Page.Good),
                (best < wanted ? $"; {Words.Level(wanted)} is wanted." : ", as wanted.", Page.Plain));
        }
    }

    private static void WritePlans(Page page, SnapshotExplanation explanation)
    {
        if (explanation.Plans.Count == 0)
        {
            return;
        }

        page.Line("Plans", Page.Heading);
        foreach (var plan in explanation.Plans)
        {
            page.Line($"  {plan.Path} ({(plan.Sha256 is null ? "could not be read" : $"SHA-256 {plan.Sha256}")})");
        }
    }

    private static void WriteMounts(Page page, SnapshotExplanation explanation)
    {
        page.Line("Mounts", Page.Heading);
        foreach (var mount in explanation.Mounts)
        {
            var type = mount.FileSystem is null ? string.Empty : $" ({mount.FileSystem})";
            var style = mount.Status is MountStatus.Frozen or MountStatus.FrozenByBackend ? Page.Good : Page.Odd;
            page.Line(($"  {mount.Path}{type}: ", Page.Plain), (Words.Mount(mount), style));
        }
    }
}
