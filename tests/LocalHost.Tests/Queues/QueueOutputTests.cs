using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.LocalHost.Hosting;
using Trainyard.LocalHost.Storage;
using Trainyard.LocalHost.Tests.Hosting;

namespace Trainyard.LocalHost.Tests.Queues;

public sealed class QueueOutputTests : IAsyncLifetime
{
    private TestHost host = null!;

    private SqliteMessageQueue Queue => host.Application.Services.GetRequiredService<SqliteMessageQueue>();

    public async Task InitializeAsync() => host = await TestHost.StartAsync(
        options => options with
        {
            Settings = new Dictionary<string, string?> { ["Next"] = "from-setting" },
            Compose = static (app, _) => app.Use(next => async context =>
            {
                await next(context);
                if (context.FunctionDefinition.Name == "spoiled")
                {
                    throw new InvalidOperationException("The middleware fails after the function.");
                }
            }),
        },
        typeof(Functions));

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Result_Text_IsSentAsItIs()
    {
        await SendAsync("relay", "one");

        Assert.Equal(["one, relayed"], await ReceiveAsync("relayed", 1));
    }

    [Fact]
    public async Task Result_Record_IsSentAsJson()
    {
        await SendAsync("order", "tea");

        Assert.Equal(["""{"Name":"tea","Count":3}"""], await ReceiveAsync("orders", 1));
    }

    [Fact]
    public async Task Result_Array_IsSentItemByItem()
    {
        await SendAsync("split", "a b c");

        Assert.Equal(["a", "b", "c"], await ReceiveAsync("from-setting", 3));
    }

    [Fact]
    public async Task Result_Null_IsNotSent()
    {
        await SendAsync("relay", "nothing");
        await Wait.UntilAsync(async () => await Queue.CountAsync("relay", CancellationToken.None) == 0);

        Assert.Equal(0, await Queue.CountAsync("relayed", CancellationToken.None));
    }

    [Theory]
    [InlineData("failing")]
    [InlineData("spoiled")]
    public async Task Result_FunctionOrItsMiddlewareFails_IsNotSent(string queue)
    {
        await SendAsync(queue, "x");

        Assert.Equal(["x"], await ReceiveAsync($"{queue}-poison", 1));
        Assert.Equal(0, await Queue.CountAsync("never", CancellationToken.None));
    }

    [Fact]
    public async Task Result_TooLarge_FailsTheFunction()
    {
        await SendAsync("large", "x");

        Assert.Equal(["x"], await ReceiveAsync("large-poison", 1));
        Assert.Equal(0, await Queue.CountAsync("never", CancellationToken.None));
    }

    [Fact]
    public async Task Result_OfATimer_IsSent() => Assert.Equal(["tick"], await ReceiveAsync("ticks", 1));

    [Fact]
    public async Task Request_AnswerAndMessage_AreBothGiven()
    {
        using HttpResponseMessage response = await host.Client.PostAsync("/accept?name=tea", null);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("accepted tea", await response.Content.ReadAsStringAsync());
        Assert.Equal(["""{"Name":"tea","Count":1}"""], await ReceiveAsync("accepted", 1));
    }

    [Fact]
    public async Task Request_Refused_SendsNothing()
    {
        using HttpResponseMessage response = await host.Client.PostAsync("/accept?name=", null);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal(0, await Queue.CountAsync("accepted", CancellationToken.None));
    }

    [Fact]
    public async Task Request_QueueFails_IsAskedToComeBack()
    {
        await using TestHost broken = await TestHost.StartAsync(
            options => options with { ConfigureServices = static services => services.AddSingleton<IMessageQueue, BrokenQueue>() }, typeof(Broken));

        using HttpResponseMessage response = await broken.Client.PostAsync("/broken", null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("storage_unavailable", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task SendAsync(string queue, string body) => Queue.SendAsync(queue, body, TimeSpan.Zero, CancellationToken.None);

    private async Task<string[]> ReceiveAsync(string queue, int count)
    {
        await Wait.UntilAsync(async () => await Queue.CountAsync(queue, CancellationToken.None) >= count);
        return [.. (await Queue.PeekAsync(queue, 10, CancellationToken.None)).Select(message => message.Body)];
    }

    public sealed record Order(string Name, int Count);

    public sealed record Accepted([property: HttpResult] IResult Answer, [property: QueueOutput("accepted")] Order Order);

    public static class Functions
    {
        [Function("relay")]
        [QueueOutput("relayed")]
        public static string? Relay([QueueTrigger("relay")] string message) => message == "nothing" ? null : $"{message}, relayed";

        [Function("order")]
        [QueueOutput("orders")]
        public static Task<Order> MakeOrder([QueueTrigger("order")] string message) => Task.FromResult(new Order(message, 3));

        [Function("split")]
        [QueueOutput("%Next%")]
        public static string[] Split([QueueTrigger("split")] string message) => message.Split(' ');

        [Function("failing")]
        [QueueOutput("never")]
        public static string Failing([QueueTrigger("failing")] string message) => throw new InvalidOperationException(message);

        [Function("spoiled")]
        [QueueOutput("never")]
        public static string Spoiled([QueueTrigger("spoiled")] string message) => message;

        [Function("large")]
        [QueueOutput("never")]
        public static string Large([QueueTrigger("large")] string message) => new('x', QueueChecks.MaxMessageBytes + 1);

        [Function("timer")]
        [QueueOutput("ticks")]
        public static string Timer([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer) => "tick";

        [Function("accept")]
        public static Accepted Accept([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "accept")] HttpRequest request)
        {
            string name = request.Query["name"].ToString();
            return name.Length > 0
                ? new Accepted(Results.Text($"accepted {name}", statusCode: StatusCodes.Status202Accepted), new Order(name, 1))
                : throw new ProblemException(new Problem(ProblemKind.Conflict, "nameless", "A name is missing.", "name"));
        }
    }

    public static class Broken
    {
        [Function("broken")]
        public static Accepted Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "broken")] HttpRequest request) => new(Results.Ok(), new Order("x", 1));
    }

    private sealed class BrokenQueue : IMessageQueue
    {
        public Task SendAsync(string queue, string message, TimeSpan delay, CancellationToken cancellationToken) =>
            throw new StorageUnavailableException("The disk is full.");

        public Task ProbeAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
