namespace AppConsistentSnapshot.Interop;

/// <summary>The few facts about the host that a report and the failure policy need.</summary>
internal interface IHostFacts
{
    /// <summary>The id of this boot, or null where there is none.</summary>
    string? BootId { get; }

    /// <summary>The kernel's release.</summary>
    string Kernel { get; }

    /// <summary>What a symbolic link says, or null where the path is none.</summary>
    string? ReadLink(string path);

    /// <summary>How many disks keep their data when the machine is switched off: no loop, RAM, removable or optical ones, and no virtual ones made of others.</summary>
    int CountPersistentDisks();
}
