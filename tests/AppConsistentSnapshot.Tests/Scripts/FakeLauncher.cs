using System.Text;
using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Tests.Scripts;

/// <summary>Starts what the test has prepared, one after the other.</summary>
internal sealed class FakeLauncher : IProcessLauncher
{
    private readonly Queue<Func<LaunchRequest, Task<LaunchResult>>> _next = new();
    private readonly Dictionary<int, TaskCompletionSource> _launched = [];

    public List<LaunchRequest> Requests { get; } = [];

    public FakeLauncher Then(FakeProcess process)
    {
        _next.Enqueue(_ => Task.FromResult(new LaunchResult { Process = process }));
        return this;
    }

    /// <summary>A process that writes and has already ended.</summary>
    public FakeLauncher ThenExit(int code, string output = "")
    {
        var process = new FakeProcess();
        process.Exit(code);
        _next.Enqueue(request =>
        {
            request.Output.Write(OutputStream.StandardOutput, Encoding.UTF8.GetBytes(output));
            return Task.FromResult(new LaunchResult { Process = process });
        });
        return this;
    }

    public FakeLauncher Then(Task<LaunchResult> result)
    {
        _next.Enqueue(_ => result);
        return this;
    }

    public Task<LaunchResult> LaunchAsync(LaunchRequest request)
    {
        Requests.Add(request);
        Assert.NotEmpty(_next);
        var result = _next.Dequeue()(request);
        Launched(Requests.Count).TrySetResult();
        return result;
    }

    /// <summary>Completes when so many have been started.</summary>
    public TaskCompletionSource Launched(int count)
    {
        lock (_launched)
        {
            return _launched.TryGetValue(count, out var known) ? known : _launched[count] = new TaskCompletionSource();
        }
    }
}
