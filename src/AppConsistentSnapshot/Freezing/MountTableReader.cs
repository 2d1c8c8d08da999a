using AppConsistentSnapshot.Diagnostics;
using AppConsistentSnapshot.Interop;
using Microsoft.Extensions.Logging;

namespace AppConsistentSnapshot.Freezing;

/// <summary>Reads the mount table as it is now.</summary>
internal sealed class MountTableReader
{
    private readonly IMountSystem _mounts;
    private readonly ILogger _logger;

    public MountTableReader(IMountSystem mounts, ILogger logger)
    {
        _mounts = mounts;
        _logger = logger;
    }

    /// <exception cref="FreezeException">It cannot be read.</exception>
    public MountTable Read()
    {
        byte[] content;
        try
        {
            content = _mounts.ReadMountTable();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FreezeException([FreezeErrors.TableUnreadable(error.Message)]);
        }

        var table = MountTable.Parse(content);
        if (table.UnreadableLines > 0)
        {
            _logger.MountTableUnreadable(table.UnreadableLines);
        }

        return table;
    }
}
