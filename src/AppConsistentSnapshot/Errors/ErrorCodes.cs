namespace AppConsistentSnapshot.Errors;

/// <summary>Every code that this library reports. Names and numbers never change; the first ten are those that Azure Backup documents.</summary>
public static class ErrorCodes
{
    /// <summary>300: the pre-script ended with an error.</summary>
    public static ErrorCode PreScriptExecutionFailed { get; } = new("Pre-ScriptExecutionFailed", 300,
        "Read the script's output in the report, correct the script, and run it by hand as root: it must exit with 0.");

    /// <summary>301: the post-script ended with an error.</summary>
    public static ErrorCode PostScriptExecutionFailed { get; } = new("Post-ScriptExecutionFailed", 301,
        "Check now that the application works again. Then read the script's output in the report and correct the script: it must exit with 0.");

    /// <summary>302: there is no pre-script at its path.</summary>
    public static ErrorCode PreScriptNotFound { get; } = new("Pre-ScriptNotFound", 302,
        "Make sure that preScriptLocation in the plan is the full path of a regular file.");

    /// <summary>303: there is no post-script at its path.</summary>
    public static ErrorCode PostScriptNotFound { get; } = new("Post-ScriptNotFound", 303,
        "Make sure that postScriptLocation in the plan is the full path of a regular file.");

    /// <summary>304: the host configuration is wrong.</summary>
    public static ErrorCode IncorrectPluginhostFile { get; } = new("IncorrectPluginhostFile", 304,
        "Correct the host configuration, or remove it to use the plan file alone.");

    /// <summary>305: the plan is wrong.</summary>
    public static ErrorCode IncorrectJSONConfigFile { get; } = new("IncorrectJSONConfigFile", 305,
        "Correct the plan file; 'acsnap check' lists every problem at once.");

    /// <summary>306: somebody but root could change the pre-script.</summary>
    public static ErrorCode InsufficientPermissionforPreScript { get; } = new("InsufficientPermissionforPre-Script", 306,
        "Give the pre-script to root with mode 700, in folders that only root can write.");

    /// <summary>307: somebody but root could change the post-script.</summary>
    public static ErrorCode InsufficientPermissionforPostScript { get; } = new("InsufficientPermissionforPost-Script", 307,
        "Give the post-script to root with mode 700, in folders that only root can write.");

    /// <summary>308: the pre-script did not end in time.</summary>
    public static ErrorCode PreScriptTimeout { get; } = new("Pre-ScriptTimeout", 308,
        "Make the pre-script faster, or raise timeoutInSeconds in the plan (at most 1800).");

    /// <summary>309: the post-script did not end in time.</summary>
    public static ErrorCode PostScriptTimeout { get; } = new("Post-ScriptTimeout", 309,
        "Check now that the application works again. Then make the post-script faster, or raise timeoutInSeconds in the plan (at most 1800).");

    /// <summary>313: a host configuration was named and is not there.</summary>
    public static ErrorCode HostConfigurationNotFound { get; } = new("PluginhostConfigNotFound", 313,
        "Correct the path of the host configuration, or do not name one.");

    /// <summary>314: somebody but root could change the host configuration.</summary>
    public static ErrorCode HostConfigurationPermission { get; } = new("PluginhostConfigPermissionError", 314,
        "Give the host configuration to root, with mode 644 or less, in folders that only root can write.");

    /// <summary>316: there is no plan where one was expected.</summary>
    public static ErrorCode PlanNotFound { get; } = new("PluginConfigNotFound", 316,
        "Put the plan file in place, or name another one.");

    /// <summary>317: somebody but root could change or read the plan.</summary>
    public static ErrorCode PlanPermission { get; } = new("PluginConfigPermissionError", 317,
        "Give the plan file to root with mode 600, in folders that only root can write.");

    /// <summary>121: a file system could not be frozen.</summary>
    public static ErrorCode FreezeFailed { get; } = new("FailedFsFreezeFailed", 121,
        "See the mount and the kernel's answer in the message; make sure that no other product freezes it at the same time.");

    /// <summary>122: not everything was frozen and cut within the window.</summary>
    public static ErrorCode FreezeTimeout { get; } = new("FailedFsFreezeTimeout", 122,
        "Find out what wrote so much or cut so slowly, or raise the freeze limit (at most 60 seconds).");

    /// <summary>123: a mount point could not be opened.</summary>
    public static ErrorCode MountOpenFailed { get; } = new("FailedUnableToOpenMount", 123,
        "See the kernel's answer in the message; the process needs root to open every mount point.");

    /// <summary>900: the process may not do this.</summary>
    public static ErrorCode PrivilegeMissing { get; } = new("PrivilegeMissing", 900,
        "Run as root (CAP_SYS_ADMIN in the user namespace that owns the file system).");

    /// <summary>901: there is no mount point at the path.</summary>
    public static ErrorCode MountNotFound { get; } = new("MountNotFound", 901,
        "Name a mount point as it stands in /proc/self/mountinfo ('findmnt' lists them).");

    /// <summary>902: the file system cannot be frozen.</summary>
    public static ErrorCode MountNotFreezable { get; } = new("MountNotFreezable", 902,
        "Leave this mount out, or ask for a crash-consistent snapshot of it.");

    /// <summary>903: the file system is on another machine.</summary>
    public static ErrorCode MountIsRemote { get; } = new("MountIsRemote", 903,
        "Leave this mount out and snapshot it on the server that holds it.");

    /// <summary>904: a mount is named twice.</summary>
    public static ErrorCode MountNamedTwice { get; } = new("MountNamedTwice", 904,
        "Name each mount point once.");

    /// <summary>905: a mount point is no longer what it was.</summary>
    public static ErrorCode MountChanged { get; } = new("MountChanged", 905,
        "Something was mounted or unmounted during the run; run again when the mounts are stable.");

    /// <summary>906: a write-back error was found while flushing.</summary>
    public static ErrorCode WriteBackError { get; } = new("WriteBackError", 906,
        "Data did not reach the disk. Look at the kernel log and at the disk before relying on this file system.");

    /// <summary>907: somebody thawed the file system while this run held it.</summary>
    public static ErrorCode FreezeLost { get; } = new("FreezeLost", 907,
        "Find out what thawed the file system during the run, such as another backup product or a manual 'fsfreeze -u'.");

    /// <summary>908: a file system could not be thawed.</summary>
    public static ErrorCode ThawFailed { get; } = new("ThawFailed", 908,
        "Thaw it now, by 'fsfreeze -u MOUNT' as root.");

    /// <summary>909: what a cut writes to is to be frozen.</summary>
    public static ErrorCode CutWritesToFrozenFileSystem { get; } = new("CutWritesToFrozenFileSystem", 909,
        "Let the backend write to a file system that is not part of the snapshot.");

    /// <summary>910: a cut cannot fit the freeze window.</summary>
    public static ErrorCode CutDoesNotFit { get; } = new("CutDoesNotFit", 910,
        "Use a backend that cuts faster, or raise the freeze limit (at most 60 seconds).");

    /// <summary>911: a backend could not prepare.</summary>
    public static ErrorCode PrepareFailed { get; } = new("PrepareFailed", 911,
        "See the backend's message; nothing was quiesced, frozen or cut.");

    /// <summary>912: a backend could not cut.</summary>
    public static ErrorCode CutFailed { get; } = new("CutFailed", 912,
        "See the backend's message; what had been cut was rolled back.");

    /// <summary>913: a backend could not complete its snapshot.</summary>
    public static ErrorCode CompleteFailed { get; } = new("CompleteFailed", 913,
        "See the backend's message; what had been cut was rolled back.");

    /// <summary>914: a backend could not remove what it had made.</summary>
    public static ErrorCode RollBackFailed { get; } = new("RollBackFailed", 914,
        "Remove what 'leftBehind' names.");

    /// <summary>915: a participant could not quiesce its application.</summary>
    public static ErrorCode QuiesceFailed { get; } = new("QuiesceFailed", 915,
        "See the participant's message.");

    /// <summary>916: a participant, or all of them, took too long to quiesce.</summary>
    public static ErrorCode QuiesceTimeout { get; } = new("QuiesceTimeout", 916,
        "Find out what kept the application busy, or raise the limit.");

    /// <summary>917: an application did not stay quiesced until the last cut.</summary>
    public static ErrorCode NoLongerQuiesced { get; } = new("NoLongerQuiesced", 917,
        "Make sure that the application stays quiesced for as long as the run takes; look for a time-out of its own.");

    /// <summary>918: a participant's data lie outside the snapshot.</summary>
    public static ErrorCode DataPathNotCovered { get; } = new("DataPathNotCovered", 918,
        "Add the file system that holds the data to the snapshot.");

    /// <summary>919: a participant could not resume its application.</summary>
    public static ErrorCode ResumeFailed { get; } = new("ResumeFailed", 919,
        "Check now that the application works again.");

    /// <summary>920: a participant took too long to resume its application.</summary>
    public static ErrorCode ResumeTimeout { get; } = new("ResumeTimeout", 920,
        "Check now that the application works again.");

    /// <summary>921: the level reached is below the minimum.</summary>
    public static ErrorCode MinimumNotReached { get; } = new("MinimumNotReached", 921,
        "Mend the errors before this one, or lower the minimum.");

    /// <summary>922: the caller cancelled the run.</summary>
    public static ErrorCode Cancelled { get; } = new("Cancelled", 922,
        "Run again when convenient; everything was thawed and resumed.");

    /// <summary>923: the checked copy of a script ran, for the file had changed since the check.</summary>
    public static ErrorCode CheckedCopyUsed { get; } = new("CheckedCopyUsed", 923,
        "Find out who changed the script during the run; change scripts only between runs.");

    /// <summary>924: a plan has a key that means nothing.</summary>
    public static ErrorCode UnknownPlanKey { get; } = new("UnknownPlanKey", 924,
        "Correct the spelling, upper and lower case included, or remove the key.");

    /// <summary>925: a plan or host configuration names a plug-in other than ScriptRunner.</summary>
    public static ErrorCode UnexpectedPluginName { get; } = new("UnexpectedPluginName", 925,
        "Leave pluginName at 'ScriptRunner'; it has no effect.");

    /// <summary>926: scripts run without a cgroup of their own.</summary>
    public static ErrorCode CgroupUnavailable { get; } = new("CgroupUnavailable", 926,
        "Give the process a cgroup v2 folder that it may write (systemd: Delegate=yes), so that nothing a pre-script started survives its time limit.");

    /// <summary>927: a plan was named, but the requested level runs no script.</summary>
    public static ErrorCode PlanIgnored { get; } = new("PlanIgnored", 927,
        "Ask for application consistency, or leave the plan out.");

    /// <summary>928: a snapshot with this id is not there.</summary>
    public static ErrorCode SnapshotNotFound { get; } = new("SnapshotNotFound", 928,
        "Use an id from the report or from 'acsnap list'.");

    /// <summary>929: an unexpected exception, a defect in this library, a backend or a participant.</summary>
    public static ErrorCode UnexpectedError { get; } = new("UnexpectedError", 929,
        "Report this with the log: an exception came from where none should.");

    /// <summary>930: dirty pages could not be written out in time before the freeze.</summary>
    public static ErrorCode FlushIncomplete { get; } = new("FlushIncomplete", 930,
        "The freeze had to write the rest, so writes were held longer; look at what writes so much, or at a slow disk.");

    /// <summary>931: the program that freezes and thaws cannot be had.</summary>
    public static ErrorCode FreezerUnavailable { get; } = new("FreezerUnavailable", 931,
        "Put the program acs-freezer next to the application, name it by SnapshotOptions.FreezerPath, or set SnapshotOptions.FreezerMode to InProcess and accept that file systems stay frozen if the process is killed.");

    /// <summary>932: no journal can be kept.</summary>
    public static ErrorCode JournalUnavailable { get; } = new("JournalUnavailable", 932,
        "Give the process a journal folder that only it can touch and that has room (JournalFolder, RuntimeFolder); nothing is quiesced or frozen that could not be cleaned up after a crash.");

    /// <summary>933: another run is under way on this host.</summary>
    public static ErrorCode RunInProgress { get; } = new("RunInProgress", 933,
        "Wait until the other run has ended, or let this one wait for it (WaitForOtherRun).");

    /// <summary>934: this process writes to a file system that is to be frozen.</summary>
    public static ErrorCode WritesToFrozenFileSystem { get; } = new("WritesToFrozenFileSystem", 934,
        "Move it to a file system that is not part of the snapshot: whoever writes there during the freeze stands still until the thaw.");

    /// <summary>935: no copy of the post-script can be kept for the case that the file is changed during the run.</summary>
    public static ErrorCode CheckedCopyUnavailable { get; } = new("CheckedCopyUnavailable", 935,
        "Allow executable files in memory for this process (sysctl vm.memfd_noexec=1 or 0; /proc mounted; the security module's policy).");

    /// <summary>936: a run died before it had cleaned up.</summary>
    public static ErrorCode RecoveryPending { get; } = new("RecoveryPending", 936,
        "Run 'acsnap recover'.");

    /// <summary>937: a journal cannot be understood.</summary>
    public static ErrorCode JournalUnreadable { get; } = new("JournalUnreadable", 937,
        "Look at the file, clean up by hand what it names, and then remove it.");

    /// <summary>938: the program that freezes and thaws ended during a freeze.</summary>
    public static ErrorCode FreezerDied { get; } = new("FreezerDied", 938,
        "Find out who ended the process acs-freezer; it must not be killed.");

    /// <summary>939: the program that freezes and thaws could not protect itself from everything.</summary>
    public static ErrorCode FreezerUnprotected { get; } = new("FreezerUnprotected", 939,
        "Give the process the capabilities CAP_SYS_RESOURCE and CAP_IPC_LOCK, a readable /proc and a writable cgroup v2 hierarchy.");
}
