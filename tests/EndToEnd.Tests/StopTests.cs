using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Trainyard.EndToEnd.Tests;

public class StopTests
{
    private const string Pipelines = "/api/v1/advanced-ai/mlops/pipelines";

    // The host's drain time-out of 10 s, and room for a loaded machine.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly string[] Ends = ["deployed", "completed", "rejected", "failed", "cancelled"];

    [Fact]
    public async Task Terminate_DuringARun_ExitsWith0AndTheRunCarriesOnAfterTheNextStart()
    {
        using TemporaryFolder data = new();
        using CancellationTokenSource bound = new(Limit);
        string run;
        await using (HostProcess first = await HostProcess.StartAsync(data.Path))
        {
            using HttpClient http = new() { BaseAddress = first.Address };
            run = await StartRunAsync(http, bound.Token);
            await WaitAsync(http, run, state => Steps(state).Any(step => step.StartsWith("completed", StringComparison.Ordinal)), bound.Token);

            await first.TerminateAsync();

            Assert.True(await first.WaitForExitAsync(DrainLimit) == 0, first.Output);
            Assert.DoesNotContain("fail:", first.Output, StringComparison.Ordinal);
        }

        await using HostProcess second = await HostProcess.StartAsync(data.Path);
        using HttpClient again = new() { BaseAddress = second.Address };
        JsonNode ended = await WaitAsync(again, run, state => Ends.Contains(state["status"]!.ToString()), bound.Token);
        Assert.True(ended["status"]!.ToString() == "deployed", $"{ended.ToJsonString()}\n{second.Output}");
        JsonNode versions = JsonNode.Parse(await again.GetStringAsync("/api/v1/models/stopped/versions", bound.Token))!;
        Assert.Single(versions["items"]!.AsArray());
    }

    [Fact]
    public async Task Terminate_DuringAnUpload_TakesNoNewConnectionAndAnswersTheOneThatIsOpen()
    {
        const string Body = "a,b\n1,2\n3,4\n";
        using TemporaryFolder data = new();
        using CancellationTokenSource bound = new(Limit);
        await using HostProcess host = await HostProcess.StartAsync(data.Path);
        using TcpClient client = new();
        await client.ConnectAsync(host.Address.Host, host.Address.Port, bound.Token);
        await using NetworkStream connection = client.GetStream();
        string head = $"POST /api/v1/datasets?name=slow HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nContent-Length: {Body.Length}\r\nExpect: 100-continue\r\n\r\n";
        await connection.WriteAsync(Encoding.ASCII.GetBytes(head), bound.Token);
        Assert.StartsWith("HTTP/1.1 100", await ReadAsync(connection, bound.Token), StringComparison.Ordinal);

        await host.TerminateAsync();
        await WaitUntilRefusedAsync(host.Address, bound.Token);
        await connection.WriteAsync(Encoding.ASCII.GetBytes(Body), bound.Token);

        Assert.StartsWith("HTTP/1.1 201", await ReadAsync(connection, bound.Token), StringComparison.Ordinal);
        Assert.Equal(0, await host.WaitForExitAsync(DrainLimit));
    }

    private static async Task<string> StartRunAsync(HttpClient http, CancellationToken cancellationToken)
    {
        string csv = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "samples", "breast-cancer.csv"), cancellationToken);
        using StringContent upload = new(csv, Encoding.UTF8, new MediaTypeHeaderValue("text/csv"));
        JsonNode dataset = await PostAsync(http, "/api/v1/datasets?name=biopsies", upload, cancellationToken);
        JsonObject request = new()
        {
            ["model_name"] = "stopped", ["dataset_uri"] = dataset["uri"]!.DeepClone(), ["target_metric"] = "roc_auc",
            ["target_column"] = "diagnosis", ["threshold"] = 0.9, ["auto_deploy"] = true,
        };
        using StringContent body = new(request.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        JsonNode pipeline = await PostAsync(http, Pipelines, body, cancellationToken);
        JsonNode started = await PostAsync(http, $"{Pipelines}/{pipeline["id"]}/trigger", null, cancellationToken);
        return $"{Pipelines}/{pipeline["id"]}/runs/{started["run_id"]}";
    }

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await http.PostAsync(path, body, cancellationToken);
        string text = await answer.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return JsonNode.Parse(text)!;
    }

    private static IEnumerable<string> Steps(JsonNode run) => run["steps"]!.AsArray().Select(step => step!["status"]!.ToString());

    private static async Task<JsonNode> WaitAsync(HttpClient http, string run, Func<JsonNode, bool> shows, CancellationToken cancellationToken)
    {
        while (true)
        {
            JsonNode state = JsonNode.Parse(await http.GetStringAsync(run, cancellationToken))!;
            if (shows(state))
            {
                return state;
            }

            // Polls a condition, as any client of the API would.
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }
    }

    private static async Task WaitUntilRefusedAsync(Uri address, CancellationToken cancellationToken)
    {
        while (true)
        {
            using TcpClient attempt = new();
            try
            {
                await attempt.ConnectAsync(address.Host, address.Port, cancellationToken);
            }
            catch (SocketException)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }
    }

    private static async Task<string> ReadAsync(NetworkStream connection, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[1024];
        int read = await connection.ReadAsync(buffer, cancellationToken);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
