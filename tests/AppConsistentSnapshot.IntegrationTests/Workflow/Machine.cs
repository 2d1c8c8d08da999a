using System.Globalization;
using System.Text.Json;
using AppConsistentSnapshot.Backends.Images;
using AppConsistentSnapshot.IntegrationTests.Support;
using AppConsistentSnapshot.Reports;

namespace AppConsistentSnapshot.IntegrationTests.Workflow;

/// <summary>A real file system, a folder for images on another one, and a real plan with real scripts that write down what they see.</summary>
internal sealed class Machine : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("acs-workflow-");

    public Machine(string type)
    {
        FileSystem = LoopFileSystem.Create(type);
        OutputFolder = Directory.CreateDirectory(Path.Combine(_folder.FullName, "images"), (UnixFileMode)0b111_000_000).FullName;
        Backend = new DiskImageBackend(new DiskImageOptions { OutputFolder = OutputFolder });
        Options = new SnapshotOptions
        {
            GracePeriod = TimeSpan.FromMilliseconds(500),
            JournalFolder = Path.Combine(_folder.FullName, "journal"),
            RuntimeFolder = Path.Combine(_folder.FullName, "runtime"),
        };
        Diary = Path.Combine(_folder.FullName, "diary");
        File.WriteAllText(Diary, "");
    }

    public LoopFileSystem FileSystem { get; }

    public DiskImageBackend Backend { get; }

    public string OutputFolder { get; }

    /// <summary>Where the scripts write, a line each; it is not on the file system that is frozen.</summary>
    public string Diary { get; }

    public string[] Lines => File.ReadAllLines(Diary);

    public string PlanPath => Path.Combine(_folder.FullName, "plan.json");

    /// <summary>With journal and lock of its own, so that tests can run beside each other.</summary>
    public SnapshotOptions Options { get; }

    /// <summary>Writes a plan of two shell scripts.</summary>
    public void WritePlan(string pre, string post, int timeout = 30, int retries = 0, bool continueOnFailure = true, bool freeze = true)
    {
        WriteScript("pre.sh", pre);
        WriteScript("post.sh", post);
        File.WriteAllText(PlanPath, $$"""
            {
              "pluginName": "ScriptRunner",
              "preScriptLocation": {{Quote("pre.sh")}},
              "postScriptLocation": {{Quote("post.sh")}},
              "preScriptParams": ["a b", "$HOME"],
              "preScriptNoOfRetries": {{retries}},
              "timeoutInSeconds": {{timeout.ToString(CultureInfo.InvariantCulture)}},
              "continueBackupOnFailure": {{(continueOnFailure ? "true" : "false")}},
              "fsFreezeEnabled": {{(freeze ? "true" : "false")}}
            }
            """);
        File.SetUnixFileMode(PlanPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        string Quote(string name) => JsonSerializer.Serialize(Path.Combine(_folder.FullName, name));
    }

    public Task<SnapshotReport> RunAsync(
        ConsistencyLevel consistency = ConsistencyLevel.Application, TimeSpan? freezeLimit = null, CancellationToken cancellationToken = default) =>
        SnapshotOrchestratorFactory.Create(Options).RunAsync(
            new SnapshotRequest
            {
                Consistency = consistency,
                Volumes = [new SnapshotVolume(FileSystem.MountPoint, Backend)],
                PlanPaths = consistency is ConsistencyLevel.Application ? [PlanPath] : [],
                FreezeLimit = freezeLimit,
            },
            cancellationToken: cancellationToken);

    /// <summary>Mounts a snapshot, lets <paramref name="look"/> look at it, and takes it away again.</summary>
    public async Task LookAtAsync(SnapshotEntry snapshot, Action<string> look)
    {
        var mountPoint = Directory.CreateDirectory(Path.Combine(_folder.FullName, "look")).FullName;
        var exposed = await Backend.ExposeReadOnlyAsync(snapshot.Id, mountPoint, TestContext.Current.CancellationToken);
        await using (exposed)
        {
            look(mountPoint);
        }
    }

    public void Dispose()
    {
        FileSystem.Dispose();
        _folder.Delete(recursive: true);
    }

    private void WriteScript(string name, string body)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\nset -e\nDATA={FileSystem.MountPoint}\nDIARY={Diary}\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
