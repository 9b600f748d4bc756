using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Batches.Starting;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Tests.Registry;

namespace Trainyard.Functions.Tests.Batches;

public sealed class BatchHttpTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    private const string Jobs = "api/v1/predictions";
    private const string Start = Jobs + "/batch";

    [Fact]
    public async Task Job_OfADataset_RunsToItsEnd()
    {
        await DeployAsync("whole");
        await UploadAsync("whole-rows", 25);

        using HttpResponseMessage started = await host.PostAsync(Start, """{"model_id": "whole", "dataset_uri": "dataset://whole-rows", "id_column": "id"}""");

        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        string path = started.Headers.Location!.ToString()[1..];
        JsonElement job = await EndAsync(path);
        Assert.Equal("completed", job.GetProperty("status").GetString());
        Assert.Equal((25, 25, 0, 1.0), (job.GetProperty("total_items").GetInt32(), job.GetProperty("completed_items").GetInt32(), job.GetProperty("failed_items").GetInt32(), job.GetProperty("progress").GetDouble()));
        Assert.Equal((20, "v1", 1), (job.GetProperty("results").GetArrayLength(), job.GetProperty("version").GetString(), job.GetProperty("source").GetProperty("version").GetInt32()));
        Assert.Equal(64, job.GetProperty("source").GetProperty("sha256").GetString()!.Length);

        JsonElement first = await host.GetAsync($"{path}/results?limit=10");
        JsonElement second = await host.GetAsync($"{path}/results?limit=100&continuation={first.GetProperty("continuation").GetString()}");
        JsonElement[] rows = [.. first.GetProperty("items").EnumerateArray(), .. second.GetProperty("items").EnumerateArray()];
        Assert.Equal(Enumerable.Range(1, 25).Select(row => $"f{row}"), rows.Select(row => row.GetProperty("id").GetString()));
        Assert.Equal("apple", rows[2].GetProperty("prediction").GetString());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("continuation").ValueKind);

        using HttpResponseMessage file = await host.Client.GetAsync($"{path}/results/file");
        string[] lines = (await file.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n');
        Assert.Equal((26, "text/csv"), (lines.Length, file.Content.Headers.ContentType!.MediaType));
        Assert.Equal("row,id,prediction,probability_apple,probability_melon,error_code,error_column,error", lines[0]);
        Assert.Equal($"\"{job.GetProperty("result").GetProperty("sha256").GetString()}\"", file.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task Events_OfAJob_EndWithItsEnd()
    {
        await DeployAsync("watched");
        JsonElement job = await StartAsync("""{"model_id": "watched", "instances": [{"size": 1}, {"size": "x"}]}""");

        string events = await host.Client.GetStringAsync($"{Jobs}/{Id(job)}/events");

        string last = events.TrimEnd().Split("\n\n")[^1];
        Assert.StartsWith("event: job\ndata: ", last, StringComparison.Ordinal);
        JsonElement told = JsonDocument.Parse(last["event: job\ndata: ".Length..]).RootElement;
        Assert.Equal(("completed", 1, 1), (told.GetProperty("status").GetString(), told.GetProperty("completed_items").GetInt32(), told.GetProperty("failed_items").GetInt32()));
    }

    [Fact]
    public async Task Results_AsJsonLines_TellOfRowsThatFailed()
    {
        await DeployAsync("lines");
        JsonElement job = await StartAsync("""{"model_id": "lines", "output_format": "jsonl", "probabilities": false, "instances": [{"size": 1, "colour": "red"}, {"size": "x"}]}""");
        await EndAsync($"{Jobs}/{Id(job)}");

        using HttpResponseMessage file = await host.Client.GetAsync($"{Jobs}/{Id(job)}/results/file");
        string text = await file.Content.ReadAsStringAsync();

        Assert.Equal("application/x-ndjson", file.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("{\"row\":1,\"prediction\":\"apple\"}\n{\"row\":2,\"error\":{\"code\":\"not_a_number\",\"detail\":\"'x' in column 'size' must be ", text, StringComparison.Ordinal);
        Assert.EndsWith(",\"column\":\"size\"}}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_AskedForARange_GivesIt()
    {
        await DeployAsync("ranged");
        JsonElement job = await StartAsync("""{"model_id": "ranged", "instances": [{"size": 1}]}""");
        await EndAsync($"{Jobs}/{Id(job)}");
        using HttpRequestMessage request = new(HttpMethod.Get, $"{Jobs}/{Id(job)}/results/file");
        request.Headers.Range = new RangeHeaderValue(4, 13);

        using HttpResponseMessage file = await host.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.PartialContent, "prediction"), (file.StatusCode, await file.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Start_TwiceUnderOneKey_StartsOneJob()
    {
        await DeployAsync("once");
        const string Body = """{"model_id": "once", "instances": [{"size": 1}]}""";

        using HttpResponseMessage first = await host.PostAsync(Start, Body, "once-key");
        using HttpResponseMessage second = await host.PostAsync(Start, Body, "once-key");
        using HttpResponseMessage other = await host.PostAsync(Start, """{"model_id": "once", "instances": [{"size": 2}]}""", "once-key");

        Assert.Equal(Id(await PlatformHost.JsonAsync(first)), Id(await PlatformHost.JsonAsync(second)));
        Assert.Equal("idempotency_key_reused", (await PlatformHost.ProblemAsync(other)).GetProperty("code").GetString());
        await EndAsync(first.Headers.Location!.ToString()[1..]);
        JsonElement jobs = await host.GetAsync($"{Jobs}?model=once&status=completed");
        Assert.Equal(1, jobs.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"dataset_uri": "dataset://refused-rows"}""", 422, "field_required", "model_id")]
    [InlineData("""{"model_id": "refused"}""", 422, "batch_rows_missing", "dataset_uri")]
    [InlineData("""{"model_id": "refused", "dataset_uri": "dataset://x", "instances": []}""", 422, "batch_rows_ambiguous", "instances")]
    [InlineData("""{"model_id": "refused", "dataset_uri": "dataset://nowhere"}""", 404, "dataset_not_found", "dataset_uri")]
    [InlineData("""{"model_id": "nobody", "dataset_uri": "dataset://refused-rows"}""", 404, "model_not_found", "model")]
    [InlineData("""{"model_id": "refused", "dataset_uri": "dataset://refused-rows", "id_column": "name"}""", 422, "batch_id_column_missing", "id_column")]
    [InlineData("""{"model_id": "refused", "dataset_uri": "dataset://lacking-rows"}""", 422, "batch_columns_missing", "size")]
    [InlineData("""{"model_id": "refused", "instances": [{"girth": 1}]}""", 422, "column_unknown", "girth")]
    [InlineData("""{"model_id": "refused", "instances": 7}""", 400, "field_type", "instances")]
    [InlineData("""{"model_id": "refused", "instances": [{"size": 1}], "output_format": "xlsx"}""", 422, "batch_format_unknown", "output_format")]
    [InlineData("""{"model_id": "refused", "rows": []}""", 400, "field_unknown", "rows")]
    public async Task Start_ThatCannotWork_IsRefusedByField(string body, int status, string code, string field)
    {
        await DeployAsync("refused");
        await UploadAsync("refused-rows", 3);
        using HttpResponseMessage lacking = await host.UploadAsync("lacking-rows", "id,colour\na,red\nb,green\n");

        using HttpResponseMessage refused = await host.PostAsync(Start, body);

        JsonElement problem = await PlatformHost.ProblemAsync(refused);
        Assert.Equal((status, code, field), ((int)refused.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Start_ABodyThatIsTooLarge_IsRefused()
    {
        string row = $$"""{"colour": "{{new string('x', 1000)}}"}""";

        using HttpResponseMessage refused = await host.PostAsync(Start, $$"""{"model_id": "large", "instances": [{{string.Join(',', Enumerable.Repeat(row, 9000))}}]}""");

        Assert.Equal((413, "json_too_large"), ((int)refused.StatusCode, (await PlatformHost.ProblemAsync(refused)).GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("GET", "/none", 404, "batch_not_found")]
    [InlineData("GET", "/none/results", 404, "batch_not_found")]
    [InlineData("GET", "/none/results/file", 404, "batch_not_found")]
    [InlineData("GET", "/none/events", 404, "batch_not_found")]
    [InlineData("DELETE", "/none", 404, "batch_not_found")]
    [InlineData("DELETE", "/none?remove=perhaps", 400, "parameter_invalid")]
    [InlineData("DELETE", "/none?purge=true", 400, "parameter_unknown")]
    [InlineData("GET", "?status=done", 400, "batch_status_unknown")]
    public async Task Ask_ForWhatIsNotThere_IsRefused(string method, string path, int status, string code)
    {
        using HttpRequestMessage request = new(HttpMethod.Parse(method), Jobs + path);
        using HttpResponseMessage refused = await host.Client.SendAsync(request);

        Assert.Equal((status, code), ((int)refused.StatusCode, (await PlatformHost.ProblemAsync(refused)).GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public async Task Results_WithAContinuationThatIsNone_IsRefused(string format)
    {
        await DeployAsync("paged");
        JsonElement job = await StartAsync($$"""{"model_id": "paged", "output_format": "{{format}}", "instances": [{"size": 1}, {"size": 2}, {"size": 3}]}""");
        await EndAsync($"{Jobs}/{Id(job)}");

        foreach (string continuation in (string[])["x", "!!", Encode("5.2"), Encode("-1.2"), Encode("999999.2"), Encode("60.9"), Encode("1")])
        {
            using HttpResponseMessage refused = await host.Client.GetAsync($"{Jobs}/{Id(job)}/results?continuation={Uri.EscapeDataString(continuation)}");
            Assert.Equal((400, "continuation_invalid"), ((int)refused.StatusCode, (await PlatformHost.ProblemAsync(refused)).GetProperty("code").GetString()));
        }

        static string Encode(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public async Task Delete_OfAnEndedJob_RemovesItWhenAskedTo()
    {
        await DeployAsync("removed");
        JsonElement job = await StartAsync("""{"model_id": "removed", "instances": [{"size": 1}]}""");
        string path = $"{Jobs}/{Id(job)}";
        await EndAsync(path);

        using HttpResponseMessage over = await host.DeleteAsync(path);
        using HttpResponseMessage removed = await host.DeleteAsync($"{path}?remove=true");
        using HttpResponseMessage gone = await host.Client.GetAsync(path);

        Assert.Equal("batch_over", (await PlatformHost.ProblemAsync(over)).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.Accepted, removed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Message_DeliveredTwice_StartsOneJob()
    {
        await DeployAsync("queued");
        IMessageQueue queue = host.Services.GetRequiredService<IMessageQueue>();
        const string Message = """{"message_id": "m-1", "request": {"model_id": "queued", "instances": [{"size": 1}]}}""";

        await queue.SendAsync(BatchMessages.Queue, Message, TimeSpan.Zero, default);
        await queue.SendAsync(BatchMessages.Queue, Message, TimeSpan.Zero, default);
        await queue.SendAsync(BatchMessages.Queue, Message.Replace("m-1", "m-2", StringComparison.Ordinal), TimeSpan.Zero, default);

        JsonElement jobs;
        do
        {
            jobs = await host.GetAsync($"{Jobs}?model=queued&status=completed");
        }
        while (jobs.GetProperty("items").GetArrayLength() < 2);

        Assert.Equal(2, (await host.GetAsync($"{Jobs}?model=queued")).GetProperty("items").GetArrayLength());
    }

    private static string Id(JsonElement job) => job.GetProperty("job_id").GetString()!;

    private async Task DeployAsync(string name)
    {
        ModelVersion version = await DeployedModel.RegisterAsync(host, name, $"{name}-run");
        await host.Services.GetRequiredService<ModelRegistry>().DeployAsync(TenantId.Default, name, version.Sequence, $"{name}-run", default);
    }

    private async Task UploadAsync(string name, int rows)
    {
        IEnumerable<string> lines = Enumerable.Range(1, rows).Select(row => row % 3 == 0 ? $"f{row},{row % 7},red,x\n" : $"f{row},{10 + (row % 7)},green,y\n");
        using HttpResponseMessage uploaded = await host.UploadAsync(name, "id,size,colour,note\n" + string.Concat(lines));
        Assert.Equal(HttpStatusCode.Created, uploaded.StatusCode);
    }

    private async Task<JsonElement> StartAsync(string body)
    {
        using HttpResponseMessage started = await host.PostAsync(Start, body);
        Assert.True(started.StatusCode == HttpStatusCode.Accepted, await started.Content.ReadAsStringAsync());
        return await PlatformHost.JsonAsync(started);
    }

    private async Task<JsonElement> EndAsync(string path)
    {
        await host.Client.GetStringAsync($"{path}/events");
        return await host.GetAsync(path);
    }
}
