using System.Text;
using System.Text.Json;
using Trainyard.Domain.PredictionLogs;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Metadata;
using Trainyard.Domain.Registry.Removal;
using Trainyard.Domain.Registry.Stages;
using Trainyard.Domain.Serving.Ids;
using Trainyard.Domain.Tests.Serving;

namespace Trainyard.Domain.Tests.PredictionLogs;

public sealed class PersonalDataTests : IDisposable
{
    private static readonly ChangeNote Note = new("ada");
    private readonly LogWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Log_PersonalColumns_AreHashedAlikeForLikeValues()
    {
        await world.DeployAsync();
        await MarkAsync("size", "colour");

        await world.PredictAsync("""{"instances":[{"size":41.5,"colour":"violet"},{"size":"41.50","colour":"VIOLET"},{"size":null,"weight":5}]}""", key: "user-violet");
        List<JsonElement> lines = await world.LinesAsync();

        string size = Input(lines[0], "size").GetString()!;
        Assert.Matches("^hmac:[0-9a-f]{32}$", size);
        Assert.Equal(size, Input(lines[1], "size").GetString());
        Assert.NotEqual(Input(lines[0], "colour").GetString(), Input(lines[1], "colour").GetString());
        Assert.Equal(JsonValueKind.Null, Input(lines[2], "size").ValueKind);
        Assert.Equal(5, Input(lines[2], "weight").GetDouble());
        string stored = await TextAsync();
        Assert.All(["41.5", "violet", "VIOLET", "user-"], secret => Assert.DoesNotContain(secret, stored, StringComparison.Ordinal));
    }

    [Fact]
    public void Hash_IsThatOfTheRfc()
    {
        // RFC 4231, test case 2, cut to 128 bits.
        Assert.Equal("hmac:5bdcc146bf60754e6a042426089575c7", PersonalHash.Of("Jefe"u8.ToArray(), "what do ya want for nothing?"));
    }

    [Fact]
    public async Task Log_OfTwoModels_HasNoHashInCommon()
    {
        await world.DeployAsync();
        await world.DeployAsync(model: "plums");
        await MarkAsync("colour");
        await MarkAsync("plums", ["colour"]);

        await world.PredictAsync("""{"instance":{"colour":"violet"}}""", key: "user-7");
        await world.PredictAsync("""{"instance":{"colour":"violet"}}""", key: "user-7", model: "plums");
        List<JsonElement> lines = await world.LinesAsync();

        Assert.NotEqual(Input(lines[0], "colour").GetString(), Input(lines[1], "colour").GetString());
        Assert.NotEqual(lines[0].GetProperty("caller").GetString(), lines[1].GetProperty("caller").GetString());
    }

    [Fact]
    public async Task Log_AfterARestart_HashesAsBefore()
    {
        await world.DeployAsync();
        await MarkAsync("colour");
        await world.PredictAsync("""{"instance":{"colour":"violet"}}""");
        await world.LinesAsync();
        using PredictionLog before = world.Log;
        world.Replace(world.Restart());

        await world.PredictAsync("""{"instance":{"colour":"violet"}}""");
        List<JsonElement> lines = await world.LinesAsync();

        Assert.Equal(Input(lines[0], "colour").GetString(), Input(lines[1], "colour").GetString());
    }

    [Fact]
    public async Task Log_PersonalTarget_IsHashedInPredictionProbabilitiesAndId()
    {
        await world.DeployAsync();
        await MarkAsync("kind");

        JsonElement answer = await world.PredictAsync("""{"instances":[{"size":1,"colour":"red"},{"size":15,"weight":5}]}""");
        List<JsonElement> lines = await world.LinesAsync();

        string apple = lines[0].GetProperty("prediction").GetString()!;
        Assert.StartsWith(PersonalHash.Prefix, apple, StringComparison.Ordinal);
        Assert.NotEqual(apple, lines[1].GetProperty("prediction").GetString());
        Assert.Equal(
            answer.GetProperty("probabilities")[0].GetProperty("apple").GetDouble(),
            lines[0].GetProperty("probabilities").GetProperty(apple).GetDouble());
        Assert.True(PredictionId.TryParse(answer.GetProperty("prediction_ids")[0].GetString(), out PredictionId id));
        string stored = await TextAsync();
        Assert.DoesNotContain("apple", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(id.Predicted.Bits.ToString("x", System.Globalization.CultureInfo.InvariantCulture), stored, StringComparison.Ordinal);

        // And is found by the id that its caller has all the same.
        List<LoggedPrediction> found = await world.ReadAllAsync(new LogQuery { PredictionId = id.ToString() });
        Assert.Equal(1, Assert.Single(found).Row);
    }

    [Fact]
    public async Task Log_SecretNotToBeHad_DropsAndCountsInsteadOfWritingPlainly()
    {
        await world.DeployAsync();
        await MarkAsync("colour");
        await world.PredictAsync("""{"instance":{"colour":"violet"}}""");
        world.Serving.Documents.Fails = true;

        await world.Log.DrainAsync(default);
        world.Serving.Documents.Fails = false;

        Assert.Empty(await world.LinesAsync());
        Assert.Contains("ml_prediction_log_dropped_total{reason=\"storage\"} 1", world.MetricsText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mark_ColumnOfNoVersion_IsRefusedAndChangesNothing()
    {
        await world.DeployAsync();
        await MarkAsync("size");

        Problem problem = await TestStores.RefusedAsync(() => MarkAsync("size", "color"));

        Assert.Equal(("personal_column_unknown", "personal_columns"), (problem.Code, problem.Field));
        Assert.Contains("colour", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(["size"], (await world.Serving.Registry.GetHeadAsync(TestStores.Tenant, "fruit", default)).PersonalColumns);
        Assert.Equal("personal_columns_invalid", (await TestStores.RefusedAsync(() => MarkAsync(""))).Code);
        Assert.Equal("personal_columns_invalid", (await TestStores.RefusedAsync(() => MarkAsync([.. Enumerable.Range(0, 501).Select(each => $"c{each}")]))).Code);
    }

    [Fact]
    public async Task Register_NewVersion_KeepsMarksAndAddsItsOwn()
    {
        await world.DeployAsync();
        await MarkAsync("size");
        ModelVersion first = await world.Serving.Registry.GetVersionAsync(TestStores.Tenant, "fruit", "v1", default);
        ModelRegistration registration = new(
            "fruit", first.Task, first.Learner, first.Settings, first.Inputs, first.Metrics, first.Artifact, first.Lineage with { RunId = "run-2" })
        {
            PersonalColumns = ["colour", "size"],
        };

        await world.Serving.Registry.RegisterAsync(TestStores.Tenant, registration, default);

        Assert.Equal(["colour", "size"], (await world.Serving.Registry.GetHeadAsync(TestStores.Tenant, "fruit", default)).PersonalColumns);
    }

    [Fact]
    public async Task Delete_Model_RemovesItsLogAndItsSecret()
    {
        await world.DeployAsync();
        await world.DeployAsync(model: "plums");
        await MarkAsync("colour");
        await world.PredictAsync("""{"instance":{"colour":"violet"}}""");
        await world.PredictAsync("""{"instance":{"colour":"violet"}}""", model: "plums");
        string before = Input((await world.LinesAsync())[0], "colour").GetString()!;

        await DeleteAsync();
        Assert.StartsWith("default/plums/", Assert.Single(await world.PathsAsync()), StringComparison.Ordinal);

        // Under the same name another model, to which nothing of the first leads.
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "run-again");
        world.Clock.Advance(ModelSecrets.Freshness);
        Assert.Equal(0, (await world.Serving.Registry.GetHeadAsync(TestStores.Tenant, "fruit", default)).Traffic.LogRate);
        await world.RateAsync(0.999999);
        await world.PredictAsync("""{"instance":{"colour":"violet"}}""");
        Assert.NotEqual(before, Input((await world.LinesAsync())[0], "colour").GetString());
    }

    [Fact]
    public async Task Sweep_RemovesWhatIsPastItsRetentionAndWhatHostsWroteOfDeletedModelsLate()
    {
        await world.DeployAsync();
        await world.DeployAsync(model: "plums");
        await world.PredictAsync("""{"instance":{"size":1}}""");
        await world.LinesAsync();
        world.Clock.Advance(TimeSpan.FromDays(20));
        await world.PredictAsync("""{"instance":{"size":2}}""");
        await world.PredictAsync("""{"instance":{"size":3}}""", model: "plums");
        await world.LinesAsync();

        Assert.Equal(0, await SweepAsync());
        world.Clock.Advance(TimeSpan.FromDays(10) + TimeSpan.FromMinutes(59));
        Assert.Equal(0, await SweepAsync());

        // What is past its retention is not shown, whether it was swept already or not.
        Assert.Equal(2, Assert.Single(await world.ReadAllAsync(new LogQuery())).Inputs["size"].GetInt32());
        world.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await SweepAsync());
        Assert.Equal(0, await SweepAsync());
        Assert.Equal(2, (await world.PathsAsync()).Count);

        await world.PredictAsync("""{"instance":{"size":4}}""");
        await DeleteAsync();
        await world.Log.DrainAsync(default);
        Assert.Equal(2, (await world.PathsAsync()).Count);
        Assert.Equal(1, await SweepAsync());
        Assert.StartsWith("default/plums/", Assert.Single(await world.PathsAsync()), StringComparison.Ordinal);
    }

    private static JsonElement Input(JsonElement line, string column) => line.GetProperty("inputs").GetProperty(column);

    private Task<RegisteredModel> MarkAsync(params string[] columns) => MarkAsync("fruit", columns);

    private Task<RegisteredModel> MarkAsync(string model, string[] columns) =>
        new PersonalColumns(world.Serving.Documents, world.Clock, world.Serving.Signal).SetAsync(TestStores.Tenant, model, columns, Note, default);

    private Task<int> SweepAsync() => new PredictionLogSweeper(world.Blobs, world.Serving.Documents, new PredictionLogOptions(), world.Clock).SweepAsync(default);

    private async Task DeleteAsync()
    {
        await new ModelStages(world.Serving.Documents, world.Clock, world.Serving.Signal)
            .MoveAsync(TestStores.Tenant, "fruit", "v1", ModelStage.Archived, "withdraw", Note, default);
        PredictionLogRemoval log = new(world.Blobs, world.Serving.Documents, world.Clock);
        await new ModelRemoval(world.Serving.Documents, world.Serving.Stores.Blobs, world.Clock, [log]).DeleteModelAsync(TestStores.Tenant, "fruit", Note, default);
    }

    private async Task<string> TextAsync()
    {
        StringBuilder text = new();
        foreach (string path in await world.PathsAsync())
        {
            using StreamReader reader = new((await world.Blobs.OpenReadAsync("predictions", path, default))!);
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }
}
