using Trainyard.LocalHost.Sqlite;

namespace Trainyard.Storage.Tests.Local;

public sealed class SqliteDatabaseTests : IDisposable
{
    private const int Id = 0x1234;
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly SqliteSchema Schema = new(Id, "CREATE TABLE numbers(value INTEGER NOT NULL)");
    private readonly TemporaryFolder folder = new();

    private string Path => folder["sub/test.db"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Open_Settings_AreThoseDurabilityRestsOn()
    {
        using SqliteDatabase database = new(Path, Schema);

        const int Full = 2;
        Assert.Equal(Full, await database.WriteAsync(session => session.Number("PRAGMA synchronous"), None).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.True(File.Exists(Path + "-wal"));
    }

    [Fact]
    public async Task Write_ThatThrows_IsUndoneAloneAndTellsItsCaller()
    {
        using SqliteDatabase database = new(Path, Schema);
        Task<int>[] writes = [.. Enumerable.Range(0, 50).Select(number => database.WriteAsync(
            session =>
            {
                session.Execute("INSERT INTO numbers VALUES($1)", number);
                return number % 5 == 3 ? throw new InvalidDataException($"{number}") : number;
            },
            None))];
        foreach (Task<int> write in writes)
        {
            await Task.WhenAny(write);
        }

        Assert.All(writes.Select((write, number) => (write, number)), each => Assert.Equal(each.number % 5 == 3, each.write.IsFaulted));
        Assert.Equal(40, await CountAsync(database));
        Assert.Equal(0, await database.ReadAsync(session => session.Number("SELECT COUNT(*) FROM numbers WHERE value % 5 = 3"), None));
    }

    [Fact]
    public async Task Write_CancelledWhileWaiting_IsNotRun()
    {
        using SqliteDatabase database = new(Path, Schema);
        using ManualResetEventSlim started = new();
        using ManualResetEventSlim release = new();
        using CancellationTokenSource source = new();
        Task<int> blocking = database.WriteAsync(
            session =>
            {
                started.Set();
                release.Wait();
                return session.Execute("INSERT INTO numbers VALUES(1)");
            },
            None);
        started.Wait();
        Task<int> waiting = database.WriteAsync(session => session.Execute("INSERT INTO numbers VALUES(2)"), source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        release.Set();
        await blocking;

        Assert.Equal(1, await database.WriteAsync(session => session.Number("SELECT COUNT(*) FROM numbers"), None));
    }

    [Fact]
    public async Task Read_AfterWrite_SeesIt()
    {
        using SqliteDatabase database = new(Path, Schema);
        for (int number = 1; number <= 50; number++)
        {
            await database.WriteAsync(session => session.Execute("INSERT INTO numbers VALUES($1)", number), None);
            Assert.Equal(number, await CountAsync(database));
        }
    }

    [Fact]
    public async Task Read_CannotWrite()
    {
        using SqliteDatabase database = new(Path, Schema);

        await Assert.ThrowsAsync<Trainyard.Domain.Ports.StorageUnavailableException>(
            () => database.ReadAsync(session => session.Execute("INSERT INTO numbers VALUES(1)"), None));
    }

    [Fact]
    public async Task Dispose_WithWorkWaiting_FinishesIt()
    {
        SqliteDatabase database = new(Path, Schema);
        Task<int>[] writes = [.. Enumerable.Range(0, 100).Select(number => database.WriteAsync(session => session.Execute("INSERT INTO numbers VALUES($1)", number), None))];
        database.Dispose();
        await Task.WhenAll(writes);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.WriteAsync(session => session.Execute("DELETE FROM numbers"), None));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => CountAsync(database));
        using SqliteDatabase reopened = new(Path, Schema);
        Assert.Equal(100, await CountAsync(reopened));
    }

    [Fact]
    public async Task Open_OlderFile_IsBroughtToTheNewestVersion()
    {
        using (SqliteDatabase first = new(Path, Schema))
        {
            await first.WriteAsync(session => session.Execute("INSERT INTO numbers VALUES(7)"), None);
        }

        using SqliteDatabase second = new(Path, new SqliteSchema(Id, "CREATE TABLE numbers(value INTEGER NOT NULL)", "ALTER TABLE numbers ADD name TEXT"));
        Assert.Equal(7, await second.ReadAsync(session => session.Number("SELECT value FROM numbers WHERE name IS NULL"), None));
    }

    [Fact]
    public void Open_NewerFile_SaysWhichVersionAndWhatToDo()
    {
        new SqliteDatabase(Path, new SqliteSchema(Id, "CREATE TABLE numbers(value INTEGER)", "CREATE TABLE more(value INTEGER)")).Dispose();

        SqliteFileException refusal = Assert.Throws<SqliteFileException>(() => new SqliteDatabase(Path, Schema));
        Assert.Contains("schema version 2, this build knows versions up to 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileOfSomethingElse_IsRefused()
    {
        new SqliteDatabase(Path, new SqliteSchema(99, "CREATE TABLE theirs(value INTEGER)")).Dispose();

        Assert.Contains("another application", Assert.Throws<SqliteFileException>(() => new SqliteDatabase(Path, Schema)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_IsRefusedAndLeftAlone()
    {
        Directory.CreateDirectory(folder["sub"]);
        string text = new('x', 5_000);
        File.WriteAllText(Path, text);

        Assert.Throws<SqliteFileException>(() => new SqliteDatabase(Path, Schema));
        Assert.Equal(text, File.ReadAllText(Path));
    }

    private static Task<long?> CountAsync(SqliteDatabase database) => database.ReadAsync(session => session.Number("SELECT COUNT(*) FROM numbers"), None);
}
