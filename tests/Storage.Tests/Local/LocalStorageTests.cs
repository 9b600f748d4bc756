using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Ports;
using Trainyard.LocalHost.Sqlite;
using Trainyard.LocalHost.Storage;

namespace Trainyard.Storage.Tests.Local;

public sealed class LocalStorageTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AddLocalStorage_BothSidesOfTheQueue_AreOneObject()
    {
        using ServiceProvider services = Build();

        Assert.Same(services.GetRequiredService<SqliteMessageQueue>(), services.GetRequiredService<IMessageQueue>());
    }

    [Fact]
    public async Task AddLocalStorage_ContainerDisposed_ReleasesTheFilesForTheNext()
    {
        await using (ServiceProvider first = Build())
        {
            await first.GetRequiredService<IDocumentStore>().WriteAsync("things", "p", DocumentWrite.Insert("a", "1"u8.ToArray()), None);
            await first.GetRequiredService<IBlobStore>().AppendAsync("things", "a", "1"u8.ToArray(), None);
            await first.GetRequiredService<IMessageQueue>().SendAsync("things", "1", TimeSpan.Zero, None);
        }

        // The last connection to close folds the log into the file; a log that stays tells of one left open.
        Assert.Empty(Directory.GetFiles(folder["data"], "*-wal", SearchOption.AllDirectories));
        await using ServiceProvider second = Build();
        Assert.NotNull(await second.GetRequiredService<IDocumentStore>().GetAsync("things", "p", "a", None));
        Assert.NotNull(await second.GetRequiredService<IBlobStore>().StatAsync("things", "a", None));
        Assert.Equal(1, await second.GetRequiredService<SqliteMessageQueue>().CountAsync("things", None));
    }

    [Fact]
    public void AddLocalStorage_FolderThatIsAFile_IsRefusedWithItsName()
    {
        File.WriteAllText(folder["data"], "a file");
        using ServiceProvider services = Build();

        IOException refusal = Assert.Throws<IOException>(services.GetRequiredService<IDocumentStore>);
        Assert.Contains(folder["data"], refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddLocalStorage_DamagedFile_SaysWhichAndWhatToDo()
    {
        Directory.CreateDirectory(folder["data"]);
        File.WriteAllText(Path.Combine(folder["data"], "documents.db"), new string('x', 5_000));
        using ServiceProvider services = Build();

        SqliteFileException refusal = Assert.Throws<SqliteFileException>(services.GetRequiredService<IDocumentStore>);
        Assert.Contains("documents.db", refusal.Message, StringComparison.Ordinal);
    }

    private ServiceProvider Build() => new ServiceCollection().AddLocalStorage(folder["data"]).BuildServiceProvider();
}
