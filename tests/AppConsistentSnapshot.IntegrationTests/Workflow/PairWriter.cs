using System.Globalization;

namespace AppConsistentSnapshot.IntegrationTests.Workflow;

/// <summary>An application that always writes the same number to two files, the second after the first is on the disk.</summary>
internal static class PairWriter
{
    public static void Run(string folder, CancellationToken stop)
    {
        using var first = new FileStream(Path.Combine(folder, "first"), FileMode.Create);
        using var second = new FileStream(Path.Combine(folder, "second"), FileMode.Create);
        for (long number = 0; !stop.IsCancellationRequested; number++)
        {
            Write(first, number);
            Write(second, number);
        }
    }

    /// <summary>At any one moment the first file is at most one ahead; a copy that was not made at one moment has them apart.</summary>
    public static void Check(string folder)
    {
        var first = Read(folder, "first");
        var second = Read(folder, "second");
        Assert.InRange(first - second, 0, 1);
    }

    private static void Write(FileStream file, long number)
    {
        file.Position = 0;
        file.Write(System.Text.Encoding.ASCII.GetBytes(number.ToString("D20", CultureInfo.InvariantCulture)));
        file.Flush(flushToDisk: true);
    }

    private static long Read(string folder, string name) =>
        long.TryParse(File.ReadAllText(Path.Combine(folder, name)), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
