using System.Runtime.Versioning;

namespace AppConsistentSnapshot.Interop.Linux;

/// <summary>What one look at all processes found.</summary>
[SupportedOSPlatform("linux")]
internal sealed class FamilyLook : IDisposable
{
    public FamilyLook(IReadOnlyList<ProcessMember> members, bool isUnclear)
    {
        Members = members;
        IsUnclear = isUnclear;
    }

    public IReadOnlyList<ProcessMember> Members { get; }

    /// <summary>Whether there was one of which nobody can say yet whether it belongs.</summary>
    public bool IsUnclear { get; }

    public void Dispose()
    {
        foreach (var member in Members)
        {
            member.Dispose();
        }
    }
}
