namespace AppConsistentSnapshot.Tool.Reporting;

/// <summary>A line of text.</summary>
internal sealed record TextNote(TextKind Kind, string Text) : Note;
