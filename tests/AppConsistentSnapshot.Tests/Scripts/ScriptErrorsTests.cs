using AppConsistentSnapshot.Interop;
using AppConsistentSnapshot.Scripts;

namespace AppConsistentSnapshot.Tests.Scripts;

public sealed class ScriptErrorsTests
{
    [Theory]
    [InlineData("execve", 2, "/bin/none", "interpreter of its first line, '/bin/none', is not there")]
    [InlineData("execve", 2, "/bin/sh\r", "as on Windows")]
    [InlineData("execve", 13, null, "noexec")]
    [InlineData("execve", 8, null, "neither a script nor a program")]
    [InlineData("unshare(CLONE_FS)", 1, null, "the system refused what its start needs (unshare(CLONE_FS): EPERM")]
    public void A_failure_to_execute_says_what_is_wrong(string call, int errno, string? interpreter, string text)
    {
        var error = ScriptErrors.NotStarted(new ScriptScene().Script(), LaunchResult.Failed(call, (Errno)errno, interpreter), 1);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.Contains("/opt/script.sh", error.Message, StringComparison.Ordinal);
        Assert.Equal(errno, error.Errno);
    }

    [Theory]
    [InlineData(9, "SIGKILL")]
    [InlineData(15, "SIGTERM")]
    [InlineData(31, "SIGSYS")]
    [InlineData(40, "signal 40")]
    public void Signals_have_their_names(int signal, string name) => Assert.Equal(name, SignalNames.Of(signal));
}
