namespace AppConsistentSnapshot.Interop;

/// <summary>The account that scripts run under.</summary>
internal sealed record UserAccount(string Name, string Home, string Shell);
