using System.Globalization;
using Microsoft.Data.Sqlite;

namespace QuickStart;

/// <summary>The application: an SQLite database in WAL mode, and a row in it every few milliseconds, each a transaction of its own.</summary>
internal static class Writer
{
    public static int Run(string dataFolder, Control control)
    {
        using var database = new SqliteConnection($"Data Source={Room.DatabaseIn(dataFolder)};Pooling=False");
        database.Open();
        Execute(database, "PRAGMA journal_mode = WAL");
        Execute(database, "PRAGMA synchronous = FULL");
        Execute(database, "CREATE TABLE orders (id INTEGER PRIMARY KEY, at TEXT NOT NULL, goods TEXT NOT NULL)");

        // Without the folder the quick start is over.
        for (var row = 1; Directory.Exists(control.Folder); row++)
        {
            Insert(database, row);
            if (row == 100)
            {
                File.WriteAllText(control.Ready, "");
            }

            if (File.Exists(control.Pause))
            {
                StandStill(database, control, row);
            }

            Thread.Sleep(1);
        }

        return 0;
    }

    private static void StandStill(SqliteConnection database, Control control, int lastRow)
    {
        // Now everything is in the database file, and the write-ahead log is empty.
        Execute(database, "PRAGMA wal_checkpoint(TRUNCATE)");
        File.WriteAllText(control.Paused + ".new", lastRow.ToString(CultureInfo.InvariantCulture));
        File.Move(control.Paused + ".new", control.Paused);
        while (File.Exists(control.Pause))
        {
            Thread.Sleep(1);
        }

        File.Move(control.Paused, control.Resumed, overwrite: true);
    }

    private static void Insert(SqliteConnection database, int row)
    {
        using var insert = database.CreateCommand();
        insert.CommandText = "INSERT INTO orders (id, at, goods) VALUES ($id, $at, $goods)";
        insert.Parameters.AddWithValue("$id", row);
        insert.Parameters.AddWithValue("$at", DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture));
        insert.Parameters.AddWithValue("$goods", $"{row} bottles of beer");
        insert.ExecuteNonQuery();
    }

    private static void Execute(SqliteConnection database, string sql)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
