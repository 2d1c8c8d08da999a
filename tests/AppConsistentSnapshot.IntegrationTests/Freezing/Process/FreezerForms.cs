namespace AppConsistentSnapshot.IntegrationTests.Freezing.Process;

/// <summary>The two forms of the freezer. The native one is published by <c>tests/run.sh</c>, which names it in <c>ACS_FREEZER_NATIVE</c>.</summary>
internal static class FreezerForms
{
    public const string Managed = "managed";
    public const string Native = "native";

    public static string Path(string form)
    {
        if (form == Managed)
        {
            return System.IO.Path.Combine(AppContext.BaseDirectory, "acs-freezer.dll");
        }

        var native = Environment.GetEnvironmentVariable("ACS_FREEZER_NATIVE");
        Assert.SkipUnless(File.Exists(native), "needs the native freezer: publish it and name it in ACS_FREEZER_NATIVE");
        return native!;
    }
}
