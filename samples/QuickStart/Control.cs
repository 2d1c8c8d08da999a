namespace QuickStart;

/// <summary>How the scripts talk to the writer: by files that are there or not.</summary>
internal sealed record Control(string Folder)
{
    /// <summary>Made by the writer once it is busy.</summary>
    public string Ready => Path.Combine(Folder, "ready");

    /// <summary>Made by the pre-script, removed by the post-script: the writer shall stand still.</summary>
    public string Pause => Path.Combine(Folder, "pause");

    /// <summary>Made by the writer while it stands still; holds the number of its last row.</summary>
    public string Paused => Path.Combine(Folder, "paused");

    /// <summary>What <see cref="Paused"/> becomes when the writer goes on.</summary>
    public string Resumed => Path.Combine(Folder, "resumed");
}
