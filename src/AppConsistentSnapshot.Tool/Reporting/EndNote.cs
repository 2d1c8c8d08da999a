namespace AppConsistentSnapshot.Tool.Reporting;

/// <summary>The last note.</summary>
/// <param name="Dropped">How many log lines were dropped because nobody read fast enough.</param>
internal sealed record EndNote(int Dropped) : Note;
