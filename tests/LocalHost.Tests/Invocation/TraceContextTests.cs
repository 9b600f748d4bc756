using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Ports;
using Trainyard.LocalHost.Tests.Hosting;

namespace Trainyard.LocalHost.Tests.Invocation;

/// <summary>The W3C context that an invocation is given, where nobody collects spans.</summary>
public sealed class TraceContextTests
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task Request_WithATraceContext_HandsItToTheFunction()
    {
        await using TestHost host = await TestHost.StartAsync(typeof(Functions));
        using HttpRequestMessage request = new(HttpMethod.Get, "trace");
        request.Headers.Add("traceparent", TraceParent);
        request.Headers.Add("tracestate", "vendor=1");
        using HttpResponseMessage answer = await host.Client.SendAsync(request);

        Assert.Equal($"{TraceParent} vendor=1", await answer.Content.ReadAsStringAsync());
        Assert.Equal(" ", await host.Client.GetStringAsync("/trace"));
    }

    [Fact]
    public async Task Message_SentInATrace_HandsItToTheFunction()
    {
        Recorder recorder = new();
        await using TestHost host = await TestHost.StartAsync(
            options => options with { ConfigureServices = services => services.AddSingleton(recorder) }, typeof(Functions), typeof(QueueFunctions));
        var queues = host.Application.Services.GetRequiredService<IMessageQueue>();
        using (Activity request = new Activity("request").Start())
        {
            await queues.SendAsync("traced", "one", TimeSpan.Zero, CancellationToken.None);
            Assert.Equal($"one {request.Id}", await recorder.NextAsync());
        }

        await queues.SendAsync("traced", "two", TimeSpan.Zero, CancellationToken.None);
        Assert.Equal("two ", await recorder.NextAsync());
    }

    public static class Functions
    {
        [Function("trace")]
        public static IResult Run([HttpTrigger("get", Route = "trace")] HttpRequest request, FunctionContext context) =>
            Results.Text($"{context.TraceContext.TraceParent} {context.TraceContext.TraceState}");
    }

    public sealed class QueueFunctions(Recorder recorder)
    {
        [Function("traced")]
        public Task Run([QueueTrigger("traced")] string message, FunctionContext context)
        {
            recorder.Add($"{message} {context.TraceContext.TraceParent}");
            return Task.CompletedTask;
        }
    }
}
