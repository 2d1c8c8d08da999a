namespace AppConsistentSnapshot.Interop;

/// <summary>The host's end of the conversation with its freezer, which thaws what it holds, and ends, when the host hangs up.</summary>
internal interface IFreezerLink : IDisposable
{
    int ProcessId { get; }

    /// <summary>Sends a message; never blocks.</summary>
    Errno Send(ReadOnlySpan<byte> message);

    /// <summary>Waits for the next event.</summary>
    FreezerEvent Wait(Span<byte> buffer, int milliseconds, out int length);

    /// <summary>Waits until it is gone. For ever, if a thread of it is blocked for ever.</summary>
    void WaitUntilGone();

    /// <summary>How it ended, or null where it has not.</summary>
    ProcessExit? FindExit();

    /// <summary>What it noted of one file system last.</summary>
    byte Progress(int target);

    /// <summary>Makes <see cref="Wait"/> return.</summary>
    void Wake();

    /// <summary>Closes this end, and waits for a time until it is gone: as long as it lives, what it was given cannot be unmounted.</summary>
    void HangUp(int milliseconds);

    /// <summary>Kills it.</summary>
    void Kill();
}
