using System.Globalization;
using Microsoft.Data.Sqlite;

namespace QuickStart;

/// <summary>The writer's database as somebody else reads it: the live one, or the one in the snapshot.</summary>
internal sealed class Orders : IDisposable
{
    private readonly SqliteConnection _database;

    private Orders(SqliteConnection database) => _database = database;

    public static Orders Open(string path)
    {
        var database = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        database.Open();
        return new Orders(database);
    }

    public string CheckIntegrity() => (string)Ask("PRAGMA integrity_check")!;

    public long Count() => (long)Ask("SELECT count(*) FROM orders")!;

    public long LastRow() => (long)Ask("SELECT max(id) FROM orders")!;

    /// <summary>When a row was written, or null while there is no such row.</summary>
    public DateTimeOffset? WrittenAt(long row) =>
        Ask($"SELECT at FROM orders WHERE id = {row}") is string at ? DateTimeOffset.Parse(at, CultureInfo.InvariantCulture) : null;

    public void Dispose() => _database.Dispose();

    private object? Ask(string sql)
    {
        using var command = _database.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
