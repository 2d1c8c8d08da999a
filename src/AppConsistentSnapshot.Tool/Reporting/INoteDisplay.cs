namespace AppConsistentSnapshot.Tool.Reporting;

/// <summary>Shows notes as they come, on a thread of its own.</summary>
internal interface INoteDisplay
{
    /// <summary>Shows notes until the last one.</summary>
    void Show(NoteQueue notes);
}
