using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Batches.Starting;
using Trainyard.Functions.Tests.Telemetry;
using Trainyard.LocalHost.Storage;
using Trainyard.Testing;

namespace Trainyard.Functions.Tests.Batches;

/// <summary>A message that cannot be used, at a whole host: tried as often as host.json says, then kept where somebody can look at it.</summary>
public sealed class PoisonMessageTests
{
    private static readonly JsonNode Queues = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")))!["extensions"]!["queues"]!;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("""{"request": {"model_id": "nobody", "instances": [{"size": 1}]}}""", "model_not_found")]
    [InlineData("""{"request": {"model_id": "nobody"}, "who": "me"}""", "field_unknown")]
    [InlineData("no JSON", "json_malformed")]
    public async Task Message_ThatCannotBeUsed_IsTriedAsOftenAsSaidAndThenKept(string message, string code)
    {
        ManualTimeProvider clock = new();
        await using ObservedHost host = await ObservedHost.StartAsync(clock, Collector.None);
        SqliteMessageQueue queue = host.Services.GetRequiredService<SqliteMessageQueue>();
        using CancellationTokenSource tooLong = new(Patience);

        await queue.SendAsync(BatchMessages.Queue, message, TimeSpan.Zero, default);
        while (await queue.CountAsync(BatchMessages.Queue + SqliteMessageQueue.PoisonSuffix, tooLong.Token) == 0)
        {
            clock.Advance(TimeSpan.Parse((string)Queues["visibilityTimeout"]!, System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Equal(0, await queue.CountAsync(BatchMessages.Queue, default));
        Assert.Equal(message, Assert.Single(await queue.PeekAsync(BatchMessages.Queue + SqliteMessageQueue.PoisonSuffix, 2, default)).Body);
        await host.StopAsync();
        KeptLine[] reasons = [.. host.Logs.Lines.Where(line => line.Id == 3331)];
        Assert.Equal((int)Queues["maxDequeueCount"]!, reasons.Length);
        Assert.All(reasons, line => Assert.Equal(code, line.Field("Code")));
    }
}
