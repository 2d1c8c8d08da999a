namespace QuickStart;

/// <summary>The folder that quickstart.sh makes for one run, and where things are in it.</summary>
internal sealed record Room(string Folder)
{
    /// <summary>Where the file system is mounted that the writer writes to.</summary>
    public string Volume => Path.Combine(Folder, "volume");

    /// <summary>The writer's database.</summary>
    public string Database => DatabaseIn(Volume);

    /// <summary>The plan with the pre-script and the post-script.</summary>
    public string Plan => Path.Combine(Folder, "plan.json");

    /// <summary>Where snapshots go: not on the volume, or they would have to hold themselves.</summary>
    public string Images => Path.Combine(Folder, "images");

    /// <summary>An empty folder to mount the snapshot on.</summary>
    public string Exposed => Path.Combine(Folder, "snapshot");

    /// <summary>Where scripts and writer talk to each other: not on the volume either, for it will be frozen.</summary>
    public Control Control => new(Path.Combine(Folder, "control"));

    /// <summary>The report as a product would store it.</summary>
    public string Report => Path.Combine(Folder, "report.json");

    public static string DatabaseIn(string folder) => Path.Combine(folder, "orders.db");
}
