using System.Net;
using System.Text.Json;
using Trainyard.Functions.Tests.Registry;

namespace Trainyard.Functions.Tests.Mlops;

public sealed class MlopsCompareFunctionsTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    [Fact]
    public async Task Compare_TwoVersions_SaysWhichIsBetterAndWhatDiffers()
    {
        await DeployedModel.RegisterAsync(host, "compared", "run-1");
        using HttpRequestMessage upload = new(HttpMethod.Post, "api/v1/models/compared/versions?columns=size,b,c,d&metrics=accuracy:0.99,log_loss:0.1")
        {
            Content = new ByteArrayContent(ForeignModel.XGBoost().File),
        };
        using HttpResponseMessage uploaded = await host.Client.SendAsync(upload);
        Assert.Equal(HttpStatusCode.Created, uploaded.StatusCode);

        using HttpResponseMessage response = await host.PostAsync("mlops/models/compare", """{"modelId":"compared","version1":"1.0.0","version2":"latest"}""");
        JsonElement compared = await PlatformHost.JsonAsync(response);

        Assert.Equal(("compared", "1.0.0", "2.0.0"), (Text(compared, "modelId"), Text(compared, "version1"), Text(compared, "version2")));
        JsonElement accuracy = compared.GetProperty("metrics").GetProperty("accuracy");
        Assert.Equal(("version2", 0.02), (Text(accuracy, "better"), Math.Round(accuracy.GetProperty("difference").GetDouble(), 9)));
        Assert.Equal(JsonValueKind.Null, compared.GetProperty("metrics").GetProperty("log_loss").GetProperty("better").ValueKind);
        Assert.Equal(["b", "c", "colour", "d"], compared.GetProperty("inputChanges").EnumerateObject().Select(change => change.Name).Order(StringComparer.Ordinal));
        Assert.Equal(6, compared.GetProperty("parameters").GetProperty("max_depth").GetProperty("version1").GetDouble());
        Assert.Equal(1, compared.GetProperty("featureImportance").EnumerateObject().Sum(column => column.Value.GetProperty("version1") is { ValueKind: JsonValueKind.Number } share ? share.GetDouble() : 0), 9);
        Assert.True(compared.GetProperty("artifactBytes").GetProperty("difference").GetDouble() != 0);
    }

    [Theory]
    [InlineData("""{"modelId":"none","version1":"1","version2":"2"}""", HttpStatusCode.NotFound, "model_not_found")]
    [InlineData("""{"modelId":"none","version1":"1"}""", HttpStatusCode.BadRequest, "field_missing")]
    public async Task Compare_WhatIsNotThere_IsRefusedByCode(string body, HttpStatusCode status, string code)
    {
        using HttpResponseMessage response = await host.PostAsync("mlops/models/compare", body);

        Assert.Equal((status, code), (response.StatusCode, Text(await PlatformHost.ProblemAsync(response), "code")));
    }

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();
}
