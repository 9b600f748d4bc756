using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Trainyard.Benchmarks.Predict;

/// <summary>ASP.NET Core alone: an endpoint that reads the rows of a request as anybody would and answers the same JSON, without a model. Its first line is its address.</summary>
internal static class BareEndpoint
{
    public const string Path = "/predict";

    public static async Task<int> RunAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication app = builder.Build();
        app.MapPost(Path, AnswerAsync);
        await app.StartAsync();
        Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        BareRequest request = (await JsonSerializer.DeserializeAsync(http.Request.Body, BareJson.Default.BareRequest, http.RequestAborted))!;
        double sum = request.Instances.Sum(row => row.Values.Sum());
        Dictionary<string, double>[] probabilities = [.. request.Instances.Select(_ => new Dictionary<string, double>(StringComparer.Ordinal) { ["benign"] = 1 / (1 + sum), ["malignant"] = sum / (1 + sum) })];
        BareAnswer answer = new(
            "bare", "v1", [.. request.Instances.Select(_ => "benign")], probabilities, [.. request.Instances.Select(_ => Guid.CreateVersion7().ToString())]);
        http.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(http.Response.Body, answer, BareJson.Default.BareAnswer, http.RequestAborted);
    }
}
