namespace AppConsistentSnapshot.Interop;

/// <summary>Looks up the executing account, without a name service: that could hang.</summary>
internal interface IUserAccounts
{
    UserAccount Executing { get; }
}
