using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Scripts;

internal sealed class FakeAccounts : IUserAccounts
{
    public UserAccount Executing { get; } = new("root", "/root", "/bin/bash");
}
