using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tests.Registry;
using Trainyard.Learning.Learners;

namespace Trainyard.Functions.Tests.Registry;

public sealed class ModelFileTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    // XGBoost and ONNX compute in single precision.
    private const double Tolerance = 2e-5;

    [Fact]
    public async Task Upload_XGBoostFile_PredictsAsXGBoostOnceDeployed()
    {
        ForeignModel model = ForeignModel.XGBoost();
        using HttpResponseMessage uploaded = await UploadAsync("boosted", "target=price&columns=a,b,c,d&metrics=rmse:0.4&description=from%20elsewhere", model.File);
        JsonElement version = await PlatformHost.JsonAsync(uploaded);

        Assert.Equal(HttpStatusCode.Created, uploaded.StatusCode);
        Assert.Equal(("v1", "staging", "from elsewhere", 0.4), (Text(version, "version"), Text(version, "stage"), Text(version, "description"), version.GetProperty("metrics").GetProperty("rmse").GetDouble()));
        Assert.Equal(("price", "xgboost 1.7.4"), (Text(version.GetProperty("model_configuration"), "target_column"), Text(version.GetProperty("model_configuration"), "code_version")));
        await PredictsAsync("boosted", model, index => "abcd"[index].ToString());
    }

    [Fact]
    public async Task Upload_OnnxFile_PredictsAsItsMakerOnceDeployed()
    {
        ForeignModel model = ForeignModel.Onnx();
        using HttpResponseMessage uploaded = await UploadAsync("onnxed", string.Empty, model.File);

        Assert.Equal(HttpStatusCode.Created, uploaded.StatusCode);
        await PredictsAsync("onnxed", model, index => $"x{index}");
    }

    [Fact]
    public async Task Upload_OwnFile_ComesBackByteForByteAndRaisesThePatch()
    {
        await DeployedModel.RegisterAsync(host, "returned", "run-1");
        byte[] file = await host.Client.GetByteArrayAsync(new Uri("api/v1/models/returned/versions/v1/artifact", UriKind.Relative));

        using HttpResponseMessage uploaded = await UploadAsync("returned", "stage=draft", file);
        JsonElement version = await PlatformHost.JsonAsync(uploaded);
        byte[] again = await host.Client.GetByteArrayAsync(new Uri("api/v1/models/returned/versions/2/artifact", UriKind.Relative));

        Assert.Equal(("v2", "1.0.1", "draft"), (Text(version, "version"), Text(version, "semantic_version"), Text(version, "stage")));
        Assert.Equal("v1", Text(version.GetProperty("model_configuration"), "parent"));
        Assert.Equal(file, again);
    }

    [Fact]
    public async Task Upload_SameKeyTwice_IsOneVersionAndAnotherFileIsRefused()
    {
        byte[] file = ForeignModel.XGBoost().File;
        using HttpResponseMessage first = await UploadAsync("keyedfile", string.Empty, file, "upload-1");
        using HttpResponseMessage second = await UploadAsync("keyedfile", string.Empty, file, "upload-1");
        using HttpResponseMessage other = await UploadAsync("keyedfile", string.Empty, ForeignModel.Onnx().File, "upload-1");
        JsonElement versions = await host.GetAsync("api/v1/models/keyedfile/versions");

        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal("idempotency_key_reused", Text(await PlatformHost.ProblemAsync(other), "code"));
        Assert.Single(versions.GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("", "{}", HttpStatusCode.UnprocessableEntity, "model_import_invalid")]
    [InlineData("", "not a model", HttpStatusCode.UnprocessableEntity, "model_import_invalid")]
    [InlineData("", "", HttpStatusCode.UnprocessableEntity, "model_import_invalid")]
    [InlineData("stage=production", "{}", HttpStatusCode.BadRequest, "stage_invalid")]
    [InlineData("metrics=accuracy", "{}", HttpStatusCode.BadRequest, "upload_metrics_invalid")]
    [InlineData("metrics=accuracy:NaN", "{}", HttpStatusCode.BadRequest, "upload_metrics_invalid")]
    public async Task Upload_OfWhatIsNoModel_IsRefusedAndMakesNothing(string query, string body, HttpStatusCode status, string code)
    {
        using HttpResponseMessage response = await UploadAsync("nothing", query, Encoding.UTF8.GetBytes(body));
        using HttpResponseMessage none = await host.Client.GetAsync(new Uri("api/v1/models/nothing", UriKind.Relative));

        Assert.Equal((status, code), (response.StatusCode, Text(await PlatformHost.ProblemAsync(response), "code")));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Upload_TruncatedOwnFileOrOneWithOptions_IsRefused()
    {
        await DeployedModel.RegisterAsync(host, "cut", "run-1");
        byte[] file = await host.Client.GetByteArrayAsync(new Uri("api/v1/models/cut/versions/v1/artifact", UriKind.Relative));

        using HttpResponseMessage truncated = await UploadAsync("cut", string.Empty, file[..^9]);
        using HttpResponseMessage options = await UploadAsync("cut", "target=x", file);

        Assert.Equal("model_file_truncated", Text(await PlatformHost.ProblemAsync(truncated), "code"));
        Assert.Equal("upload_option_unused", Text(await PlatformHost.ProblemAsync(options), "code"));
    }

    [Fact]
    public async Task Upload_FileOfAnEngineThatIsNotMadeForUploads_IsRefusedWhileItsOwnIsCopiedAndServed()
    {
        LearnerCatalog.Add(new LearnerEngine("guests", [new LearnerEntry(new GuestLearner("guests.first"), GuestLearner.Read)]));
        await DeployedModel.RegisterAsync(host, "guested", "run-1", "guests.first");
        await host.PostAsync("api/v1/models/guested/deploy", "");
        using HttpResponseMessage predicted = await host.PostAsync("api/v1/models/guested/predict", """{"instances": [{"size": 3, "colour": "red"}]}""");
        byte[] file = await host.Client.GetByteArrayAsync(new Uri("api/v1/models/guested/versions/v1/artifact", UriKind.Relative));

        using HttpResponseMessage uploaded = await UploadAsync("guested", string.Empty, file);
        using HttpResponseMessage copied = await host.Client.PostAsync(
            new Uri("api/2.0/mlflow/model-versions/create", UriKind.Relative), JsonContent.Create(new { name = "guested", source = "models:/guested/1" }));
        JsonElement versions = await host.GetAsync("api/v1/models/guested/versions");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, uploaded.StatusCode);
        JsonElement problem = await PlatformHost.ProblemAsync(uploaded);
        Assert.Equal(("model_file_untrusted", "learner"), (Text(problem, "code"), Text(problem, "field")));
        Assert.Equal(HttpStatusCode.OK, copied.StatusCode);
        Assert.Equal(HttpStatusCode.OK, predicted.StatusCode);
        Assert.Equal(2, versions.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Artifact_HasItsHashAsETag_AndHonoursItAndRanges()
    {
        ModelVersion version = await DeployedModel.RegisterAsync(host, "tagged", "run-1");
        using HttpResponseMessage whole = await ArtifactAsync("tagged", request => { });
        byte[] file = await whole.Content.ReadAsByteArrayAsync();
        using HttpResponseMessage unchanged = await ArtifactAsync("tagged", request => request.Headers.IfNoneMatch.Add(whole.Headers.ETag!));
        using HttpResponseMessage part = await ArtifactAsync("tagged", request => request.Headers.Range = new RangeHeaderValue(8, 15));

        Assert.Equal($"\"{version.Artifact.Sha256}\"", whole.Headers.ETag?.Tag);
        Assert.Equal(version.Artifact.Sha256, Convert.ToHexStringLower(SHA256.HashData(file)));
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(file[8..16], await part.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("altered")]
    [InlineData("shortened")]
    [InlineData("removed")]
    public async Task Artifact_Damaged_IsRefusedBeforeAByteIsSentAndAlerts(string how)
    {
        ModelVersion version = await DeployedModel.RegisterAsync(host, how, "run-1");
        await DamageAsync(version.Artifact, how);

        using HttpResponseMessage response = await ArtifactAsync(how, request => { });
        using HttpResponseMessage again = await ArtifactAsync(how, request => { });
        JsonElement alerts = await host.GetAsync("api/v1/alerts?limit=100");

        Assert.Equal((HttpStatusCode.Conflict, "model_corrupt"), (response.StatusCode, Text(await PlatformHost.ProblemAsync(response), "code")));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        JsonElement alert = Assert.Single(alerts.GetProperty("items").EnumerateArray(), each => Text(each, "model_name") == how);
        Assert.Equal("artifact_damaged", Text(alert, "kind"));
    }

    [Fact]
    public async Task Card_OfAVersion_IsMarkdownWithItsScores()
    {
        await DeployedModel.RegisterAsync(host, "carded", "run-1");

        using HttpResponseMessage response = await host.Client.GetAsync(new Uri("api/v1/models/carded/versions/v1/card", UriKind.Relative));
        string card = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/markdown", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("---\n", card, StringComparison.Ordinal);
        Assert.Contains("pipeline_tag: tabular-classification\n", card, StringComparison.Ordinal);
        Assert.Contains("| accuracy | 0.97 |", card, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();

    private async Task PredictsAsync(string name, ForeignModel model, Func<int, string> column)
    {
        await host.PostAsync($"api/v1/models/{name}/deploy", "");
        using HttpResponseMessage response = await host.PostAsync($"api/v1/models/{name}/predict", model.Request(column));
        double[] predictions = [.. (await PlatformHost.JsonAsync(response)).GetProperty("predictions").EnumerateArray().Select(each => each.GetDouble())];

        Assert.Equal(model.Predictions.Length, predictions.Length);
        Assert.All(model.Predictions, (expected, index) => Assert.Equal(expected, predictions[index], Tolerance * Math.Max(1, Math.Abs(expected))));
    }

    private async Task DamageAsync(ModelArtifact artifact, string how)
    {
        IBlobStore blobs = host.Services.GetRequiredService<IBlobStore>();
        if (how == "removed")
        {
            await blobs.DeleteAsync(artifact.Container, artifact.Path, default);
            return;
        }

        byte[] file = new byte[artifact.Bytes];
        await using (Stream stored = (await blobs.OpenReadAsync(artifact.Container, artifact.Path, default))!)
        {
            await stored.ReadExactlyAsync(file);
        }

        file[file.Length / 2] ^= 1;
        byte[] damaged = how == "altered" ? file : file[..^1];
        await blobs.WriteAsync(artifact.Container, artifact.Path, new MemoryStream(damaged), overwrite: true, default);
    }

    private async Task<HttpResponseMessage> ArtifactAsync(string name, Action<HttpRequestMessage> with)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"api/v1/models/{name}/versions/v1/artifact");
        with(request);
        return await host.Client.SendAsync(request);
    }

    private async Task<HttpResponseMessage> UploadAsync(string name, string query, byte[] file, string? key = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"api/v1/models/{name}/versions?{query}") { Content = new ByteArrayContent(file) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await host.Client.SendAsync(request);
    }
}
