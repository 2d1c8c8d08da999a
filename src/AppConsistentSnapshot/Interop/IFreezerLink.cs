namespace AppConsistentSnapshot.Interop;

/// <summary>The host's end of the conversation with its freezer. Disposing it hangs up; the freezer then thaws what it holds, and ends.</summary>
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

    /// <summary>Kills it.</summary>
    void Kill();
}
