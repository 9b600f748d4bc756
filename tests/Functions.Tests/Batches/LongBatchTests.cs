using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Trainyard.Functions.Orchestrations;
using Trainyard.Functions.Tests.Storage;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Functions.Tests.Batches;

public sealed class LongBatchTests
{
    // One tree: 0.5 below a size of 8.5, else 1.5.
    private const string Model =
        """{"learner":{"attributes":{},"feature_names":["size"],"gradient_booster":{"model":{"tree_info":[0],"trees":[{"left_children":[1,-1,-1],"right_children":[2,-1,-1],"split_indices":[0,0,0],"split_conditions":[8.5,0.5,1.5],"default_left":[1,0,0]}]},"name":"gbtree"},"learner_model_param":{"base_score":"0","num_class":"0","num_feature":"1"},"objective":{"name":"reg:squarederror"}},"version":[1,7,4]}""";

    private const int RowCount = 120_000;

    [Fact]
    public async Task Job_OfMoreStretchesThanAHistoryHolds_PredictsEachRowOnce()
    {
        string folder = Directory.CreateTempSubdirectory("trainyard-long-").FullName;
        LocalHostOptions options = new()
        {
            DataFolder = folder,
            Urls = ["http://127.0.0.1:0"],
            LogToConsole = false,
            LogLevel = LogLevel.None,
            Settings = await HostStorage.SettingsAsync(("Trainyard:Batches:ChunkBytes", "1024")),
        };
        await using (LocalHostApplication host = await LocalHostApplication.StartAsync(options, CancellationToken.None))
        {
            using HttpClient http = new() { BaseAddress = host.BaseAddress, Timeout = TimeSpan.FromMinutes(3) };
            await PostAsync(http, "api/v1/datasets?name=sizes", "size\n" + string.Concat(Enumerable.Range(0, RowCount).Select(row => $"{Size(row)}\n")), "text/csv");
            await PostAsync(http, "api/v1/models/sized/versions?target=weight&columns=size", Model, "application/octet-stream");
            await PostAsync(http, "api/v1/models/sized/deploy", "{}", "application/json");

            JsonElement started = await PostAsync(http, "api/v1/predictions/batch", """{"model_id": "sized", "dataset_uri": "dataset://sizes"}""", "application/json");
            string path = $"api/v1/predictions/{started.GetProperty("job_id").GetString()}";
            await http.GetStringAsync($"{path}/events");

            JsonElement job = JsonDocument.Parse(await http.GetStringAsync(path)).RootElement;
            Assert.Equal(("completed", RowCount), (job.GetProperty("status").GetString(), job.GetProperty("completed_items").GetInt32()));
            Assert.True(job.GetProperty("source").GetProperty("bytes").GetInt64() / 1024 > BatchOrchestration.ChunksPerHistory);
            string[] lines = (await http.GetStringAsync($"{path}/results/file")).TrimEnd('\n').Split('\n');
            Assert.Equal(RowCount + 1, lines.Length);
            Assert.All(Enumerable.Range(0, RowCount), row => Assert.Equal($"{row + 1},{(Size(row) < 8.5 ? "0.5" : "1.5")},,,", lines[row + 1]));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static int Size(int row) => row * 7 % 17;

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, string body, string mediaType)
    {
        using HttpResponseMessage answer = await http.PostAsync(path, new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(mediaType)));
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture)} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
