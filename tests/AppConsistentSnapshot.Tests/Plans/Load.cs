using System.Text;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Plans;
using Microsoft.Extensions.Logging.Abstractions;

namespace AppConsistentSnapshot.Tests.Plans;

/// <summary>Loads what a test wrote.</summary>
internal static class Load
{
    public const string PlanPath = "/etc/azure/VMSnapshotScriptPluginConfig.json";
    public const string HostPath = "/etc/azure/VMSnapshotPluginHost.conf";

    public static ScriptPlanLoader Loader(IConfigurationFile file) => new(file, NullLogger<ScriptPlanLoader>.Instance);

    public static ScriptPlanLoadResult Plan(string text) => Plan(Encoding.UTF8.GetBytes(text));

    public static ScriptPlanLoadResult Plan(byte[] bytes) =>
        Loader(FakeConfigurationFile.With(bytes)).LoadAsync(PlanPath).AsTask().GetAwaiter().GetResult();

    /// <summary>A plan that is valid but for these members, one on each line from line 3.</summary>
    public static ScriptPlanLoadResult PlanWith(params string[] members) => Plan(Text(members));

    public static string Text(params string[] members) =>
        "{\n\"preScriptLocation\": \"/s/pre.sh\", \"postScriptLocation\": \"/s/post.sh\"" + string.Concat(members.Select(static member => ",\n" + member)) + "\n}\n";

    public static HostConfigurationLoadResult Host(string text) => Host(Encoding.UTF8.GetBytes(text));

    public static HostConfigurationLoadResult Host(byte[] bytes) =>
        Loader(FakeConfigurationFile.With(bytes)).LoadHostConfigurationAsync(HostPath).AsTask().GetAwaiter().GetResult();

    public static void AssertComplete(IEnumerable<SnapshotError> errors, string path)
    {
        foreach (var error in errors)
        {
            Assert.Equal(path, error.Path);
            Assert.NotEmpty(error.Message);
            Assert.NotEmpty(error.RecommendedAction);
            Assert.True(error.Line is null or >= 1, $"line {error.Line}");
            Assert.True(error.Column is null or >= 1, $"column {error.Column}");
            Assert.Equal(error.Line is null, error.Column is null);
            Assert.All([error.Message, error.Found ?? "", error.Field ?? "", error.RecommendedAction], static text => Assert.DoesNotContain(text, char.IsControl));
            Assert.True((error.Found ?? "").Length <= 120, error.Found);
        }
    }
}
