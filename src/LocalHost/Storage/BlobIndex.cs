using Microsoft.Data.Sqlite;
using Trainyard.Domain.Ports;
using Trainyard.LocalHost.Sqlite;

namespace Trainyard.LocalHost.Storage;

/// <summary>Which file holds which blob. A change here is the moment at which a write becomes visible.</summary>
internal sealed class BlobIndex : IDisposable
{
    private const int ListPage = 1_000;
    private const int ApplicationId = 0x54594231; // "TYB1"

    private static readonly SqliteSchema Schema = new(
        ApplicationId,
        """
        CREATE TABLE blobs(
            container TEXT NOT NULL,
            path BLOB NOT NULL,
            file TEXT NOT NULL UNIQUE,
            length INTEGER NOT NULL,
            version INTEGER NOT NULL,
            modified_at INTEGER NOT NULL,
            PRIMARY KEY(container, path)) WITHOUT ROWID;
        CREATE TABLE counter(last INTEGER NOT NULL);
        INSERT INTO counter VALUES(0);
        """);

    private readonly SqliteDatabase database;
    private readonly TimeProvider clock;

    internal BlobIndex(string path, TimeProvider clock)
    {
        database = new SqliteDatabase(path, Schema);
        this.clock = clock;
    }

    /// <summary>A number that no other call on this index returns, in this process or a later one. Blocks; for opening only.</summary>
    internal long NextNumber() => database.WriteAsync(NextNumber, CancellationToken.None).GetAwaiter().GetResult();

    internal Task<BlobRow?> FindAsync(string container, string path, CancellationToken cancellationToken) =>
        database.ReadAsync(session => Find(session, container, path), cancellationToken);

    /// <summary>Points a path to a file that is whole and on disk.</summary>
    /// <returns>The new row and the file that it replaced, or null.</returns>
    /// <exception cref="BlobStoreException">The path is taken and <paramref name="overwrite"/> is false.</exception>
    internal Task<(BlobRow Row, string? Replaced)> PutAsync(
        string container, string path, string file, long length, bool overwrite, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Put(session, container, path, file, length, overwrite), cancellationToken);

    /// <summary>Makes more of a blob's file visible, if the blob is still as it was read.</summary>
    internal Task<bool> GrowAsync(string container, BlobRow row, long length, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Grow(session, container, row, length), cancellationToken);

    /// <summary>Removes a path.</summary>
    /// <returns>The file that it had, or null when there was none.</returns>
    internal Task<string?> RemoveAsync(string container, string path, CancellationToken cancellationToken) =>
        database.WriteAsync(session => Remove(session, container, path), cancellationToken);

    /// <summary>A page of the paths that begin with a prefix, in ordinal order, after one of them.</summary>
    internal Task<List<BlobRow>> ListAsync(string container, string prefix, string? after, CancellationToken cancellationToken) =>
        database.ReadAsync(session => List(session, container, prefix, after), cancellationToken);

    /// <summary>Whether some path points to a file.</summary>
    internal Task<bool> IsUsedAsync(string file, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.Number("SELECT EXISTS(SELECT 1 FROM blobs WHERE file = $1)", file) == 1, cancellationToken);

    public void Dispose() => database.Dispose();

    private static long NextNumber(SqliteSession session) => session.Number("UPDATE counter SET last = last + 1 RETURNING last")!.Value;

    private static BlobRow? Find(SqliteSession session, string container, string path)
    {
        using SqliteDataReader rows = session.Query(
            "SELECT path, file, length, version, modified_at FROM blobs WHERE container = $1 AND path = $2", container, OrdinalKey.Encode(path));
        return rows.Read() ? RowOf(rows) : null;
    }

    private (BlobRow Row, string? Replaced) Put(SqliteSession session, string container, string path, string file, long length, bool overwrite)
    {
        BlobRow? present = Find(session, container, path);
        if (present is not null && !overwrite)
        {
            throw new BlobStoreException(BlobStoreCode.BlobExists, "There is a blob with this path.");
        }

        BlobRow row = new(path, file, length, NextNumber(session), Now);
        session.Execute(
            """
            INSERT INTO blobs(container, path, file, length, version, modified_at) VALUES($1, $2, $3, $4, $5, $6)
            ON CONFLICT(container, path) DO UPDATE SET
                file = excluded.file, length = excluded.length, version = excluded.version, modified_at = excluded.modified_at
            """,
            container, OrdinalKey.Encode(path), file, length, row.Version, row.ModifiedAt.ToUnixTimeMilliseconds());
        return (row, present?.File);
    }

    private bool Grow(SqliteSession session, string container, BlobRow row, long length) =>
        session.Execute(
            "UPDATE blobs SET length = $4, version = $5, modified_at = $6 WHERE container = $1 AND path = $2 AND version = $3",
            container, OrdinalKey.Encode(row.Path), row.Version, length, NextNumber(session), Now.ToUnixTimeMilliseconds()) == 1;

    private static string? Remove(SqliteSession session, string container, string path)
    {
        BlobRow? present = Find(session, container, path);
        session.Execute("DELETE FROM blobs WHERE container = $1 AND path = $2", container, OrdinalKey.Encode(path));
        return present?.File;
    }

    private static List<BlobRow> List(SqliteSession session, string container, string prefix, string? after)
    {
        using SqliteDataReader rows = session.Query(
            """
            SELECT path, file, length, version, modified_at FROM blobs
            WHERE container = $1 AND path >= $2 AND path < $3 ORDER BY path LIMIT $4
            """,
            container, after is null ? OrdinalKey.Encode(prefix) : OrdinalKey.After(after), OrdinalKey.AfterPrefix(prefix), ListPage);
        List<BlobRow> page = [];
        while (rows.Read())
        {
            page.Add(RowOf(rows));
        }

        return page;
    }

    private static BlobRow RowOf(SqliteDataReader rows) => new(
        OrdinalKey.Decode(rows.GetFieldValue<byte[]>(0)),
        rows.GetString(1),
        rows.GetInt64(2),
        rows.GetInt64(3),
        DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(4)));

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
