using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Trainyard.Domain.Messages;
using Trainyard.Domain.Ports;
using Trainyard.Functions.Telemetry;
using Trainyard.LocalHost.Sqlite;

namespace Trainyard.LocalHost.Storage;

/// <summary>Queues in one SQLite file, with the semantics of Azure Queue storage: at least once, roughly in order, no expiry.</summary>
/// <remarks>
/// The receiving side serves the host's queue triggers. A receiver waits with <see cref="WaitForVisibleAsync"/>, which
/// wakes on a change or when a delayed message falls due, and takes messages with <see cref="ReceiveAsync"/>. A message
/// is invisible to others until its time-out and comes back when its receiver dies. Thread safe.
/// </remarks>
internal sealed class SqliteMessageQueue : IMessageQueue, IQueueInspector, IDisposable
{
    /// <summary>What the name of a queue's poison queue ends with, as in Azure Functions.</summary>
    internal const string PoisonSuffix = PoisonMessages.Suffix;

    /// <summary>Messages of one receive or peek, as in Azure Queue storage.</summary>
    internal const int MaxMessages = 32;

    private const string ProbedQueue = "health";

    // Of those that are looked through, as on Azure Storage.
    private static readonly TimeSpan HoldTime = TimeSpan.FromMinutes(2);

    private const int ApplicationId = 0x54595131; // "TYQ1"

    // A sleeping computer stops the timer that a wait counts by; looking at the clock once a minute makes up for it.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private static readonly SqliteSchema Schema = new(
        ApplicationId,
        """
        CREATE TABLE messages(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            queue TEXT NOT NULL,
            sent_at INTEGER NOT NULL,
            visible_at INTEGER NOT NULL,
            dequeue_count INTEGER NOT NULL DEFAULT 0,
            receipt INTEGER NOT NULL DEFAULT 0, -- counts from 1; 0 is nobody's
            body BLOB NOT NULL);
        CREATE INDEX messages_by_visibility ON messages(queue, visible_at, id);
        CREATE TABLE counter(last INTEGER NOT NULL);
        INSERT INTO counter VALUES(0);
        """,
        "ALTER TABLE messages ADD COLUMN trace TEXT;"); // the sender's W3C traceparent, or null

    private readonly SqliteDatabase database;
    private readonly TimeProvider clock;
    private readonly QueueSignals signals = new();

    /// <summary>Opens the file, and creates it when absent.</summary>
    /// <exception cref="SqliteFileException">The file cannot be used by this build.</exception>
    internal SqliteMessageQueue(string path, TimeProvider clock)
    {
        database = new SqliteDatabase(path, Schema);
        this.clock = clock;
    }

    /// <inheritdoc />
    public async Task SendAsync(string queue, string message, TimeSpan delay, CancellationToken cancellationToken)
    {
        QueueChecks.Send(queue, message, delay);
        string? trace = CurrentTrace.Parent;
        await database.WriteAsync(session => Insert(session, queue, Encoding.UTF8.GetBytes(message), Now, delay, trace), cancellationToken);
        signals.Changed(queue);
    }

    /// <inheritdoc />
    public async Task ProbeAsync(CancellationToken cancellationToken) => await CountVisibleAsync(ProbedQueue, cancellationToken);

    /// <inheritdoc />
    public async Task<IReadOnlyList<WaitingMessage>> PeekAsync(string queue, CancellationToken cancellationToken)
    {
        QueueChecks.Name(queue);
        long now = Now.ToUnixTimeMilliseconds();
        List<QueueMessage> found = await database.ReadAsync(
            session => ReadMessages(
                session,
                queue,
                "SELECT id, 0, body, dequeue_count, sent_at, visible_at, trace FROM messages WHERE queue = $1 AND visible_at <= $2 ORDER BY visible_at, id LIMIT $3",
                queue,
                now,
                MaxMessages),
            cancellationToken);
        return [.. found.Select(Waiting)];
    }

    /// <inheritdoc />
    public async Task<int> SettleAsync(string queue, Func<WaitingMessage, CancellationToken, Task<bool>> settle, CancellationToken cancellationToken)
    {
        List<QueueMessage> left = [];
        int settled = 0;
        try
        {
            while (await ReceiveAsync(queue, MaxMessages, HoldTime, cancellationToken) is { Count: > 0 } messages)
            {
                left.AddRange(messages);
                foreach (QueueMessage message in messages)
                {
                    if (await settle(Waiting(message), cancellationToken))
                    {
                        await CompleteAsync(message, cancellationToken);
                        left.Remove(message);
                        settled++;
                    }
                }
            }
        }
        finally
        {
            // Also after a cancellation or a failure: else nobody sees them for as long as they are held.
            foreach (QueueMessage message in left)
            {
                await AbandonAsync(message, TimeSpan.Zero, CancellationToken.None);
            }
        }

        return settled;
    }

    /// <summary>Takes up to <paramref name="max"/> visible messages, those visible longest first.</summary>
    /// <param name="queue">The queue; one that was never sent to is empty.</param>
    /// <param name="max">1 to <see cref="MaxMessages"/>.</param>
    /// <param name="visibility">How long others do not see them; above zero.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    internal async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int max, TimeSpan visibility, CancellationToken cancellationToken)
    {
        QueueChecks.Name(queue);
        CheckCount(max);
        QueueChecks.Delay(visibility);
        ArgumentOutOfRangeException.ThrowIfEqual(visibility, TimeSpan.Zero);

        // Idle queues are asked often and written never.
        return await CountVisibleAsync(queue, cancellationToken) == 0
            ? []
            : await database.WriteAsync(session => Receive(session, queue, max, visibility), cancellationToken);
    }

    /// <summary>Deletes a message that was worked off.</summary>
    /// <returns>False when the receipt is void: the message may be worked off again.</returns>
    internal async Task<bool> CompleteAsync(QueueMessage message, CancellationToken cancellationToken) =>
        await database.WriteAsync(session => Delete(session, message), cancellationToken);

    /// <summary>Holds a message for <paramref name="visibility"/> from now on.</summary>
    /// <returns>False when the receipt is void: somebody else may have the message.</returns>
    internal async Task<bool> RenewAsync(QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken)
    {
        QueueChecks.Delay(visibility);
        long visibleAt = (Now + visibility).ToUnixTimeMilliseconds();
        return await database.WriteAsync(
            session => session.Execute("UPDATE messages SET visible_at = $3 WHERE id = $1 AND receipt = $2 AND receipt > 0", message.Id, message.Receipt, visibleAt) == 1,
            cancellationToken);
    }

    /// <summary>Gives a message back, for others to receive after <paramref name="delay"/>; its dequeue count stays.</summary>
    /// <returns>False when the receipt is void.</returns>
    internal async Task<bool> AbandonAsync(QueueMessage message, TimeSpan delay, CancellationToken cancellationToken)
    {
        QueueChecks.Delay(delay);
        long visibleAt = (Now + delay).ToUnixTimeMilliseconds();
        bool abandoned = await database.WriteAsync(
            session => session.Execute(
                "UPDATE messages SET visible_at = $3, receipt = 0 WHERE id = $1 AND receipt = $2 AND receipt > 0", message.Id, message.Receipt, visibleAt) == 1,
            cancellationToken);
        signals.Changed(message.Queue);
        return abandoned;
    }

    /// <summary>Moves a held message to its queue's poison queue, in one transaction.</summary>
    /// <returns>False when the receipt is void.</returns>
    internal async Task<bool> MoveToPoisonAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        string poison = message.Queue + PoisonSuffix;
        bool moved = await database.WriteAsync(
            session => Delete(session, message) && Insert(session, poison, Encoding.UTF8.GetBytes(message.Body), message.SentAt, TimeSpan.Zero, message.Trace),
            cancellationToken);
        signals.Changed(poison);
        return moved;
    }

    /// <summary>Looks at up to <paramref name="max"/> messages, held ones included, without taking them; their receipts are void.</summary>
    internal async Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int max, CancellationToken cancellationToken)
    {
        QueueChecks.Name(queue);
        CheckCount(max);
        return await database.ReadAsync(
            session => ReadMessages(session, queue, "SELECT id, 0, body, dequeue_count, sent_at, visible_at, trace FROM messages WHERE queue = $1 ORDER BY visible_at, id LIMIT $2", queue, max),
            cancellationToken);
    }

    /// <summary>Messages in the queue, held and delayed ones included.</summary>
    internal async Task<long> CountAsync(string queue, CancellationToken cancellationToken)
    {
        QueueChecks.Name(queue);
        return await database.ReadAsync(session => session.Number("SELECT COUNT(*) FROM messages WHERE queue = $1", queue)!.Value, cancellationToken);
    }

    /// <summary>Ends when a message of the queue is visible; it may be gone again by the time its caller asks.</summary>
    internal async Task WaitForVisibleAsync(string queue, CancellationToken cancellationToken)
    {
        QueueChecks.Name(queue);
        while (true)
        {
            Task change = signals.NextChange(queue);
            long? first = await database.ReadAsync(
                session => session.Number("SELECT MIN(visible_at) FROM messages WHERE queue = $1", queue), cancellationToken);
            TimeSpan wait = first is null ? Timeout.InfiniteTimeSpan : DateTimeOffset.FromUnixTimeMilliseconds(first.Value) - Now;
            if (first is not null && wait <= TimeSpan.Zero)
            {
                return;
            }

            await WaitAsync(change, wait, cancellationToken);
        }
    }

    public void Dispose() => database.Dispose();

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    private async Task WaitAsync(Task change, TimeSpan limit, CancellationToken cancellationToken)
    {
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task timer = Task.Delay(limit > LongestWait ? LongestWait : limit, clock, done.Token);
        await Task.WhenAny(change, timer);
        await done.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private Task<long> CountVisibleAsync(string queue, CancellationToken cancellationToken)
    {
        long now = Now.ToUnixTimeMilliseconds();
        return database.ReadAsync(
            session => session.Number("SELECT EXISTS(SELECT 1 FROM messages WHERE queue = $1 AND visible_at <= $2)", queue, now)!.Value, cancellationToken);
    }

    private List<QueueMessage> Receive(SqliteSession session, string queue, int max, TimeSpan visibility)
    {
        DateTimeOffset now = Now;
        DateTimeOffset visibleAt = now + visibility;
        List<QueueMessage> messages = ReadMessages(
            session,
            queue,
            "SELECT id, receipt, body, dequeue_count, sent_at, visible_at, trace FROM messages WHERE queue = $1 AND visible_at <= $2 ORDER BY visible_at, id LIMIT $3",
            queue,
            now.ToUnixTimeMilliseconds(),
            max);
        for (int index = 0; index < messages.Count; index++)
        {
            QueueMessage message = messages[index];
            long receipt = session.Number("UPDATE counter SET last = last + 1 RETURNING last")!.Value;
            session.Execute(
                "UPDATE messages SET visible_at = $2, receipt = $3, dequeue_count = dequeue_count + 1 WHERE id = $1",
                message.Id,
                visibleAt.ToUnixTimeMilliseconds(),
                receipt);
            messages[index] = message with { Receipt = receipt, DequeueCount = message.DequeueCount + 1, VisibleAt = visibleAt };
        }

        return messages;
    }

    private static List<QueueMessage> ReadMessages(SqliteSession session, string queue, string sql, params ReadOnlySpan<object?> values)
    {
        List<QueueMessage> messages = [];
        using SqliteDataReader rows = session.Query(sql, values);
        while (rows.Read())
        {
            messages.Add(new QueueMessage(
                queue,
                rows.GetInt64(0),
                rows.GetInt64(1),
                Encoding.UTF8.GetString(rows.GetFieldValue<byte[]>(2)),
                rows.GetInt32(3),
                DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(4)),
                DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(5)))
            {
                Trace = rows.IsDBNull(6) ? null : rows.GetString(6),
            });
        }

        return messages;
    }

    private static WaitingMessage Waiting(QueueMessage message) => new(message.Id.ToString(CultureInfo.InvariantCulture), message.Body, message.SentAt);

    private bool Insert(SqliteSession session, string queue, byte[] body, DateTimeOffset sentAt, TimeSpan delay, string? trace) =>
        session.Execute(
            "INSERT INTO messages(queue, sent_at, visible_at, body, trace) VALUES($1, $2, $3, $4, $5)",
            queue,
            sentAt.ToUnixTimeMilliseconds(),
            (Now + delay).ToUnixTimeMilliseconds(),
            body,
            trace) == 1;

    private static bool Delete(SqliteSession session, QueueMessage message) =>
        session.Execute("DELETE FROM messages WHERE id = $1 AND receipt = $2 AND receipt > 0", message.Id, message.Receipt) == 1;

    private static void CheckCount(int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, MaxMessages);
    }
}
