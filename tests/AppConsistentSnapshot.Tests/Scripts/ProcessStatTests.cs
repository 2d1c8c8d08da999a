using System.Runtime.Versioning;
using AppConsistentSnapshot.Interop.Linux;

namespace AppConsistentSnapshot.Tests.Scripts;

[SupportedOSPlatform("linux")]
public sealed class ProcessStatTests
{
    [Theory]
    [InlineData("a) b) (c", 'S', 1, true)]
    [InlineData("x", 'D', 1, true)]
    [InlineData("x", 'Z', 1, false)]
    [InlineData("x", 'X', 1, false)]
    [InlineData("its first thread has ended", 'Z', 2, true)]
    public void Reads_the_kin_of_a_process_whatever_its_name_is(string name, char state, int threads, bool isAlive) =>
        Assert.Equal(new ProcessStat(7, 5, 6, isAlive, false, 99, false), ProcessStat.Parse(7, Text(name, state, 0x400000, threads, 1234)));

    [Fact]
    public void Knows_a_kernel_thread_and_an_exec_in_progress()
    {
        var stat = ProcessStat.Parse(7, Text("kworker/0:1", 'I', 0x4208060, 1, 0))!;
        Assert.True(stat.IsKernelThread);
        Assert.True(stat.IsWithoutEnvironment);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7 (x) S")]
    [InlineData("7 (x) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20")]
    public void A_torn_answer_is_none(string text) => Assert.Null(ProcessStat.Parse(7, text));

    // proc_pid_stat(5): pid (comm) state ppid pgrp session tty tpgid flags, then 10 fields, threads, one field, start time, 28 fields, env_end.
    private static string Text(string name, char state, int flags, int threads, int environmentEnd) =>
        $"7 ({name}) {state} 1 5 6 0 -1 {flags} {Zeros(10)} {threads} 0 99 {Zeros(28)} {environmentEnd} 0\n";

    private static string Zeros(int count) => string.Join(' ', Enumerable.Repeat('0', count));
}
