using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Trainyard.Benchmarks.Processes;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Benchmarks.Batches;

/// <summary>The host that a job runs on, spoken to over HTTP.</summary>
internal static class BatchHost
{
    private const string Model = "batch";
    private const string Dataset = "rows";

    /// <summary>Puts the rows and the peer's model into a data folder.</summary>
    public static async Task PrepareAsync(string folder, string rows, string model)
    {
        await using LocalHostApplication host = await StartAsync(folder);
        using HttpClient http = new() { BaseAddress = host.BaseAddress, Timeout = Timeout.InfiniteTimeSpan };
        await SendAsync(http, $"/api/v1/datasets?name={Dataset}", new StreamContent(File.OpenRead(rows)), "text/csv");
        await SendAsync(http, $"/api/v1/models/{Model}/versions?target=y&classes=0,1&columns={BatchRows.Columns}", new StreamContent(File.OpenRead(model)), "application/octet-stream");
        await SendAsync(http, $"/api/v1/models/{Model}/deploy", new StringContent("{}"), "application/json");
    }

    /// <summary>Runs one job in this process, prints what it took, and keeps its results in a file.</summary>
    public static async Task<int> RunAsync(string folder, string results)
    {
        await using LocalHostApplication host = await StartAsync(folder);
        using HttpClient http = new() { BaseAddress = host.BaseAddress, Timeout = Timeout.InfiniteTimeSpan };
        long start = Stopwatch.GetTimestamp();
        JsonElement job = await SendAsync(
            http, "/api/v1/predictions/batch", new StringContent($$"""{"model_id": "{{Model}}", "dataset_uri": "dataset://{{Dataset}}", "id_column": "id"}"""), "application/json");
        string path = $"/api/v1/predictions/{job.GetProperty("job_id").GetString()}";
        await http.GetStringAsync($"{path}/events");
        BatchRun run = new(Stopwatch.GetElapsedTime(start).TotalSeconds, PeakMemory.Mebibytes());
        JsonElement ended = JsonDocument.Parse(await http.GetStringAsync(path)).RootElement;
        if (ended.GetProperty("status").GetString() != "completed" || ended.GetProperty("failed_items").GetInt64() > 0)
        {
            throw new InvalidOperationException($"The job ended as {ended}.");
        }

        await using (FileStream file = File.Create(results))
        {
            await (await http.GetStreamAsync($"{path}/results/file")).CopyToAsync(file);
        }

        Console.WriteLine(JsonSerializer.Serialize(run));
        return 0;
    }

    private static Task<LocalHostApplication> StartAsync(string folder) => LocalHostApplication.StartAsync(
        new LocalHostOptions { Urls = ["http://127.0.0.1:0"], DataFolder = folder, LogToConsole = false }, CancellationToken.None);

    private static async Task<JsonElement> SendAsync(HttpClient http, string path, HttpContent content, string mediaType)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using HttpResponseMessage answer = await http.PostAsync(path, content);
        string text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }
}
