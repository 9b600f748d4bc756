using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Trainyard.Domain.Ports;

namespace Trainyard.LocalHost.Sqlite;

/// <summary>One thread that owns the writing connection and commits all work that waits as one transaction.</summary>
/// <remarks>
/// Group commit: while one group is being flushed the next one gathers, so a hundred callers at once cost a few flushes
/// and a lone caller waits for exactly one. Each piece of work has a savepoint of its own: one that throws is undone
/// alone. Callers learn their outcome, a refusal included, when the group is on disk.
/// </remarks>
internal sealed class SqliteWriter : IDisposable
{
    /// <summary>Pieces of work in one transaction; bounds how long the first of a group waits for the last.</summary>
    internal const int MaxGroup = 256;

    /// <summary>Pieces of work that may wait before callers are held back.</summary>
    internal const int MaxWaiting = 4_096;

    private readonly SqliteSession session;
    private readonly Thread thread;

    // The thread that adds work wakes the writer itself, which saves a hop through the thread pool.
    private readonly Channel<SqliteWork> waiting = Channel.CreateBounded<SqliteWork>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true, AllowSynchronousContinuations = true });

    internal SqliteWriter(SqliteSession session, string name)
    {
        this.session = session;
        thread = new Thread(Run) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <summary>Runs work in a transaction; ends when it is on disk.</summary>
    /// <param name="work">Runs on the writer's thread; what it throws is undone and reaches the caller.</param>
    /// <param name="cancellationToken">Withdraws work that has not begun; work that has begun is finished.</param>
    /// <exception cref="StorageUnavailableException">The transaction failed.</exception>
    internal async Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        SqliteWorkItem<T> item = new(work);
        try
        {
            await waiting.Writer.WriteAsync(item, cancellationToken);
        }
        catch (ChannelClosedException closed)
        {
            throw new ObjectDisposedException($"{thread.Name} is closed.", closed);
        }

        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(_ => item.GiveUp(cancellationToken), null);
        try
        {
            return await item.Completion;
        }
        catch (SqliteException failure)
        {
            throw new StorageUnavailableException($"Writing to {thread.Name} failed: {failure.Message}", failure);
        }
    }

    /// <summary>Finishes the work that waits and closes the connection.</summary>
    public void Dispose()
    {
        waiting.Writer.TryComplete();
        thread.Join();
        session.Dispose();
    }

    private void Run()
    {
        List<SqliteWork> group = new(MaxGroup);

        // A thread of its own may block: it has nothing else to do, and flushing to disk blocks in any case.
        while (waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (group.Count < MaxGroup && waiting.Reader.TryRead(out SqliteWork? work))
            {
                if (work.TryStart())
                {
                    group.Add(work);
                }
            }

            Commit(group);
            group.Clear();
        }
    }

    private void Commit(List<SqliteWork> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        try
        {
            session.Execute("BEGIN IMMEDIATE");
            foreach (SqliteWork work in group)
            {
                RunInSavepoint(work);
            }

            session.Execute("COMMIT");
        }
        catch (Exception failure)
        {
            Exception told = RollBack(failure);
            group.ForEach(work => work.Fail(told));
            return;
        }

        group.ForEach(work => work.Settle());
    }

    private void RunInSavepoint(SqliteWork work)
    {
        session.Execute("SAVEPOINT work");
        bool keep = work.Run(session);
        if (session.IsAutoCommit)
        {
            throw new StorageUnavailableException($"{thread.Name} gave up its transaction: the disk is full or fails.");
        }

        if (!keep)
        {
            session.Execute("ROLLBACK TO work");
        }

        session.Execute("RELEASE work");
    }

    private Exception RollBack(Exception failure)
    {
        try
        {
            if (!session.IsAutoCommit)
            {
                session.Execute("ROLLBACK");
            }

            return failure;
        }
        catch (SqliteException second)
        {
            return new StorageUnavailableException($"{thread.Name} could neither commit nor roll back.", new AggregateException(failure, second));
        }
    }
}
