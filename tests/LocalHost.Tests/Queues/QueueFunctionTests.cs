using System.Globalization;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Ports;
using Trainyard.LocalHost.Hosting;
using Trainyard.LocalHost.Storage;
using Trainyard.LocalHost.Tests.Hosting;

namespace Trainyard.LocalHost.Tests.Queues;

public sealed class QueueFunctionTests : IDisposable
{
    private readonly Recorder recorder = new();
    private readonly string folder = TestHost.NewFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Message_Text_ReachesTheFunctionAndIsGoneAfterwards()
    {
        await using LocalHostApplication host = await StartAsync(typeof(Texts));

        await SendAsync(host, "texts", "hello");

        Assert.Equal("hello, try 1", await recorder.NextAsync());
        await WaitForEmptyAsync(host, "texts");
    }

    [Fact]
    public async Task Message_Json_IsReadIntoTheRecord()
    {
        await using LocalHostApplication host = await StartAsync(typeof(Orders));

        await SendAsync(host, "orders", JsonSerializer.Serialize(new { name = "Zoë", COUNT = 3 }));

        Assert.Equal("Zoë x 3", await recorder.NextAsync());
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("""{"name":"a","count":"many"}""")]
    public async Task Message_JsonThatDoesNotFit_IsPoisonAtOnce(string body)
    {
        await using LocalHostApplication host = await StartAsync(typeof(Orders));

        await SendAsync(host, "orders", body);

        Assert.Equal(body, await ReceivePoisonAsync(host, "orders"));
        Assert.Empty(recorder.Rest());
        await WaitForEmptyAsync(host, "orders");
    }

    [Fact]
    public async Task Message_FunctionFails_IsTriedFiveTimesAndThenPoison()
    {
        await using LocalHostApplication host = await StartAsync(typeof(Failing));

        await SendAsync(host, "failing", "bad");

        Assert.Equal(["try 1", "try 2", "try 3", "try 4", "try 5"], await recorder.NextAsync(5));
        Assert.Equal("bad", await ReceivePoisonAsync(host, "failing"));
        await WaitForEmptyAsync(host, "failing");
        Assert.Empty(recorder.Rest());
    }

    [Fact]
    public async Task Message_TriedOftenByHostsThatDied_IsPoisonWithoutAnotherTry()
    {
        using (SqliteMessageQueue queue = new(Path.Combine(folder, "queues.db"), TimeProvider.System))
        {
            await queue.SendAsync("texts", "deadly", TimeSpan.Zero, CancellationToken.None);
            for (int attempt = 0; attempt < 5; attempt++)
            {
                QueueMessage message = Assert.Single(await queue.ReceiveAsync("texts", 1, TimeSpan.FromSeconds(30), CancellationToken.None));
                Assert.True(await queue.AbandonAsync(message, TimeSpan.Zero, CancellationToken.None));
            }
        }

        await using LocalHostApplication host = await StartAsync(typeof(Texts));

        Assert.Equal("deadly", await ReceivePoisonAsync(host, "texts"));
        Assert.Empty(recorder.Rest());
    }

    [Fact]
    public async Task Messages_Many_SixteenAreWorkedOnAtOnce()
    {
        Crowd crowd = new();
        await using LocalHostApplication host = await StartAsync(typeof(Crowded), services => services.AddSingleton(crowd));
        for (int index = 0; index < 40; index++)
        {
            await SendAsync(host, "crowded", index.ToString(CultureInfo.InvariantCulture));
        }

        await recorder.NextAsync(16);
        Assert.Empty(recorder.Rest());
        crowd.Open.SetResult();
        await recorder.NextAsync(24);

        Assert.Equal(16, crowd.Most);
        await WaitForEmptyAsync(host, "crowded");
    }

    [Fact]
    public async Task Stop_MessageUnderWay_IsWaitedFor()
    {
        Crowd crowd = new();
        await using LocalHostApplication host = await StartAsync(typeof(Crowded), services => services.AddSingleton(crowd));
        await SendAsync(host, "crowded", "last");
        await recorder.NextAsync();

        Task stop = host.StopAsync(CancellationToken.None);
        Assert.False(stop.IsCompleted);
        crowd.Open.SetResult();
        await stop;

        Assert.Equal(0, await host.Services.GetRequiredService<SqliteMessageQueue>().CountAsync("crowded", CancellationToken.None));
    }

    [Fact]
    public async Task Stop_MessageThatDoesNotEnd_IsCancelledAndKept()
    {
        Crowd crowd = new();
        await using (LocalHostApplication host = await StartAsync(
            typeof(Crowded), services => services.AddSingleton(crowd), drain: TimeSpan.FromMilliseconds(50)))
        {
            await SendAsync(host, "crowded", "kept");
            await recorder.NextAsync();
        }

        using SqliteMessageQueue queue = new(Path.Combine(folder, "queues.db"), TimeProvider.System);
        Assert.Equal("kept", Assert.Single(await queue.ReceiveAsync("crowded", 1, TimeSpan.FromSeconds(1), CancellationToken.None)).Body);
    }

    private Task<LocalHostApplication> StartAsync(Type functions, Action<IServiceCollection>? configure = null, TimeSpan? drain = null)
    {
        LocalHostOptions options = TestHost.Options(folder, functions) with
        {
            ConfigureServices = services =>
            {
                services.AddSingleton(recorder);
                configure?.Invoke(services);
            },
        };
        return LocalHostApplication.StartAsync(drain is null ? options : options with { DrainTimeout = drain.Value }, CancellationToken.None);
    }

    private static Task SendAsync(LocalHostApplication host, string queue, string body) =>
        host.Services.GetRequiredService<IMessageQueue>().SendAsync(queue, body, TimeSpan.Zero, CancellationToken.None);

    private static async Task<string> ReceivePoisonAsync(LocalHostApplication host, string queue)
    {
        var messages = host.Services.GetRequiredService<SqliteMessageQueue>();
        await messages.WaitForVisibleAsync($"{queue}-poison", CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        return Assert.Single(await messages.PeekAsync($"{queue}-poison", 10, CancellationToken.None)).Body;
    }

    private static Task WaitForEmptyAsync(LocalHostApplication host, string queue)
    {
        var messages = host.Services.GetRequiredService<SqliteMessageQueue>();
        return Wait.UntilAsync(async () => await messages.CountAsync(queue, CancellationToken.None) == 0);
    }

    public sealed record Order(string Name, int Count);

    public sealed class Crowd
    {
        private int now;
        private int most;

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Most => most;

        public async Task EnterAsync(CancellationToken cancellationToken)
        {
            int count = Interlocked.Increment(ref now);
            InterlockedMax(ref most, count);
            await Open.Task.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref now);
        }

        private static void InterlockedMax(ref int target, int value)
        {
            for (int seen = target; seen < value; seen = target)
            {
                Interlocked.CompareExchange(ref target, value, seen);
            }
        }
    }

    public sealed class Texts(Recorder recorder)
    {
        [Function("texts")]
        public Task Run([QueueTrigger("texts")] string message, FunctionContext context)
        {
            recorder.Add($"{message}, try {context.BindingContext.BindingData["dequeueCount"]}");
            return Task.CompletedTask;
        }
    }

    public sealed class Orders(Recorder recorder)
    {
        [Function("orders")]
        public Task Run([QueueTrigger("orders")] Order order)
        {
            recorder.Add($"{order.Name} x {order.Count}");
            return Task.CompletedTask;
        }
    }

    public sealed class Failing(Recorder recorder)
    {
        [Function("failing")]
        public Task Run([QueueTrigger("failing")] string message, FunctionContext context)
        {
            recorder.Add($"try {context.RetryContext.RetryCount + 1}");
            throw new InvalidOperationException("as planned");
        }
    }

    public sealed class Crowded(Recorder recorder, Crowd crowd)
    {
        [Function("crowded")]
        public Task Run([QueueTrigger("crowded")] string message, CancellationToken cancellationToken)
        {
            recorder.Add(message);
            return crowd.EnterAsync(cancellationToken);
        }
    }
}
