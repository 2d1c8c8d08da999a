namespace AppConsistentSnapshot.Tool.Reporting;

/// <summary>Something to be said on standard error.</summary>
internal abstract record Note;
