using System.Security.Cryptography;
using System.Text;
using AppConsistentSnapshot.Errors;
using AppConsistentSnapshot.Permissions;
using AppConsistentSnapshot.Plans;
using Microsoft.Extensions.Logging.Testing;

namespace AppConsistentSnapshot.Tests.Permissions;

/// <summary>A guard on a host where everything is as it should be, until a test changes something.</summary>
internal sealed class GuardHost
{
    public const string PlanPath = "/etc/azure/plan.json";
    public const string PrePath = "/opt/app/pre.sh";
    public const string PostPath = "/opt/app/post.sh";
    public const string HostPath = "/etc/azure/host.conf";
    public const string PlanContent = "{}";

    public GuardHost()
    {
        Tree.AddFolder("/etc");
        Tree.AddFolder("/etc/azure");
        Tree.AddFolder("/opt");
        Tree.AddFolder("/opt/app");
        Tree.AddFolder("/tmp", 0x3ff);
        Tree.AddFile(PlanPath, 0x180, PlanContent);
        Tree.AddFile(HostPath, 0x1a4, PlanContent);
        Tree.AddFile(PrePath, 0x1c0, "#!/bin/sh\necho pre\n");
        Tree.AddFile(PostPath, 0x1c0, "#!/bin/sh\necho post\n");
    }

    public FakeFileTree Tree { get; } = new();

    public FakeMemoryFiles Memory { get; } = new();

    public SnapshotOptions Options { get; } = new();

    public FakeLogCollector Log { get; } = new();

    public static string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PlanContent)));

    public PermissionGuard Guard => new(Options, Tree, Memory, new FakeLogger<PermissionGuard>(Log));

    public static ScriptPlan Plan(string pre = PrePath, string post = PostPath) => new()
    {
        Path = PlanPath,
        Sha256 = Sha256,
        PreScript = new ScriptCommand { Path = pre },
        PostScript = new ScriptCommand { Path = post },
    };

    public async Task<PlanVerification> VerifyAsync(ScriptPlan? plan = null) =>
        await Guard.VerifyAsync(plan ?? Plan(), TestContext.Current.CancellationToken);

    /// <summary>Verifies a plan that must be refused, and that nothing stays open.</summary>
    public async Task<IReadOnlyList<SnapshotError>> RefuseAsync(ScriptPlan? plan = null)
    {
        var result = await VerifyAsync(plan);
        Assert.Null(result.Plan);
        Assert.NotEmpty(result.Errors);
        AssertNothingIsOpen();
        return result.Errors;
    }

    /// <summary>Verifies a plan that must be refused for one reason.</summary>
    public async Task<SnapshotError> RefuseOnceAsync(ScriptPlan? plan = null) => Assert.Single(await RefuseAsync(plan));

    public async Task<VerifiedPlan> AcceptAsync(ScriptPlan? plan = null)
    {
        var result = await VerifyAsync(plan);
        Assert.Empty(result.Errors);
        return Assert.IsType<VerifiedPlan>(result.Plan);
    }

    public void AssertNothingIsOpen()
    {
        Assert.Equal(0, Tree.OpenHandles);
        Assert.All(Memory.Files, file => Assert.True(file.IsDisposed));
    }
}
