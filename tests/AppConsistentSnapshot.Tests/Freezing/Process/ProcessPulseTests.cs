using System.Text;
using AppConsistentSnapshot.Interop.Linux;

namespace AppConsistentSnapshot.Tests.Freezing.Process;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ProcessPulseTests
{
    [Theory]
    [InlineData("4711 (host) S 1 4711", false)]
    [InlineData("4711 (host) D 1 4711", false)]
    [InlineData("4711 (host) T 1 4711", false)]
    [InlineData("4711 (a) Z) S 1 4711", false)]
    [InlineData("4711 (host) Z 1 4711", true)]
    [InlineData("4711 (host) X 1 4711", true)]
    [InlineData("", false)]
    public void Tells_the_dead_by_their_state(string stat, bool isDead) =>
        Assert.Equal(isDead, ProcessPulse.IsDeadState(Encoding.ASCII.GetBytes(stat)));

    [Theory]
    [InlineData("Name:\tx\nSigPnd:\t0000000000000100\nShdPnd:\t0000000000000000\n", true)]
    [InlineData("Name:\tx\nSigPnd:\t0000000000000000\nShdPnd:\t0000000000004100\n", true)]
    [InlineData("Name:\tx\nSigPnd:\t0000000000000200\nShdPnd:\t0000000000004000\n", false)]
    [InlineData("Name:\tx\nCoreDumping:\t1\nSigPnd:\t0000000000000000\nShdPnd:\t0000000000000000\n", true)]
    [InlineData("Name:\tx\nCoreDumping:\t0\nSigPnd:\t0000000000000000\nShdPnd:\t0000000000000000\n", false)]
    [InlineData("", false)]
    public void Tells_the_dying_by_a_kill_on_its_way_or_a_core_dump(string status, bool isDying) =>
        Assert.Equal(isDying, ProcessPulse.IsDying(Encoding.ASCII.GetBytes(status)));
}
