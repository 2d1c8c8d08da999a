namespace AppConsistentSnapshot.Tool.Reporting;

/// <summary>A step of the run.</summary>
internal sealed record ProgressNote(SnapshotProgress Progress) : Note;
