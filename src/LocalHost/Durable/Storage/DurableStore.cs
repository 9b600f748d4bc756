using Microsoft.DurableTask.Client;
using Trainyard.LocalHost.Durable.Core;
using Trainyard.LocalHost.Sqlite;

namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>The engine's file. A write is on disk when its task ends; writes that wait together share a transaction. Thread safe.</summary>
internal sealed class DurableStore : IDisposable
{
    private readonly SqliteDatabase database;
    private readonly ICommitObserver? observer;
    private long lastExecution;

    private DurableStore(SqliteDatabase database, ICommitObserver? observer)
    {
        this.database = database;
        this.observer = observer;
    }

    /// <summary>Opens the file, and creates it when absent.</summary>
    /// <exception cref="SqliteFileException">The file is of a newer version, of something else, or damaged.</exception>
    public static async Task<DurableStore> OpenAsync(string path, ICommitObserver? observer, CancellationToken cancellationToken)
    {
        DurableStore store = new(new SqliteDatabase(path, DurableSchema.Current), observer);
        store.lastExecution = await store.database.ReadAsync(InstanceReader.LastExecution, cancellationToken);
        return store;
    }

    /// <summary>Stores a turn.</summary>
    /// <exception cref="DurableException"><c>turn_overtaken</c>.</exception>
    public Task<StoredTurn> WriteTurnAsync(TurnRecord record) =>
        CommitAsync(session => new TurnWriter(session, Instances(session), NextExecution).Write(record), CancellationToken.None);

    /// <inheritdoc cref="InstanceWriter.Start"/>
    public Task<Delivery?> StartAsync(NewInstance created, IReadOnlySet<OrchestrationRuntimeStatus> forbidding, CancellationToken cancellationToken) =>
        CommitAsync(session => Instances(session).Start(created, forbidding), cancellationToken);

    /// <inheritdoc cref="InstanceWriter.Tell"/>
    public Task<Delivery?> TellAsync(string instanceId, HistoryEvent told, CancellationToken cancellationToken) =>
        CommitAsync(session => Instances(session).Tell(instanceId, Delivery.AnyExecution, told), cancellationToken);

    /// <inheritdoc cref="InstanceWriter.Purge"/>
    public Task<int> PurgeAsync(string instanceId, bool recursive, CancellationToken cancellationToken) =>
        CommitAsync(session => Instances(session).Purge(instanceId, recursive), cancellationToken);

    /// <summary>Removes deliveries that nobody listens for.</summary>
    public Task DiscardAsync(IReadOnlyList<Delivery> deliveries) =>
        CommitAsync(session => TurnWriter.Remove(session, deliveries), CancellationToken.None);

    /// <summary>Adds to the restarts of an activity; nothing happens when its outcome is recorded by now.</summary>
    public Task CountRestartsAsync(PendingActivity activity, int added) => CommitAsync(
        session => session.Execute(
            "UPDATE activities SET restarts = restarts + $3 WHERE execution = $1 AND task = $2", activity.Execution, activity.TaskId, added),
        CancellationToken.None);

    /// <inheritdoc cref="InstanceReader.Find"/>
    public Task<InstanceRow?> FindAsync(string instanceId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => InstanceReader.Find(session, instanceId), cancellationToken);

    /// <inheritdoc cref="InstanceReader.FindSnapshot"/>
    public Task<InstanceSnapshot?> FindSnapshotAsync(string instanceId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => InstanceReader.FindSnapshot(session, instanceId), cancellationToken);

    /// <inheritdoc cref="InstanceReader.List"/>
    public Task<List<InstanceSnapshot>> ListAsync(InstanceFilter filter, PagePosition after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(session => InstanceReader.List(session, filter, after, limit), cancellationToken);

    /// <inheritdoc cref="InstanceReader.ReadPending"/>
    public Task<PendingWork> ReadPendingAsync(string? instanceId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => InstanceReader.ReadPending(session, instanceId), cancellationToken);

    /// <inheritdoc cref="InstanceReader.ReadHistory"/>
    public Task ReadHistoryAsync(InstanceRow instance, Action<HistoryEvent> visit, CancellationToken cancellationToken) => database.ReadAsync(
        session =>
        {
            InstanceReader.ReadHistory(session, instance, visit);
            return instance.Events;
        },
        cancellationToken);

    /// <inheritdoc />
    public void Dispose() => database.Dispose();

    private async Task<T> CommitAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        T result = await database.WriteAsync(
            session =>
            {
                T written = work(session);
                observer?.BeforeCommit();
                return written;
            },
            cancellationToken);
        observer?.AfterCommit();
        return result;
    }

    private InstanceWriter Instances(SqliteSession session) => new(session, NextExecution);

    private long NextExecution() => Interlocked.Increment(ref lastExecution);
}
