using AppConsistentSnapshot.Interop;

namespace AppConsistentSnapshot.Journals;

/// <summary>Where journals are and what is needed to judge them.</summary>
internal sealed record JournalHome(IJournalFolders Folders, IProcessTable Processes);
