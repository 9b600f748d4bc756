using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Tests.Registry;

namespace Trainyard.Functions.Tests.Serving;

/// <summary>A version that is deleted while it predicts.</summary>
public sealed class DeletedVersionTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    private const int Callers = 4;

    [Fact]
    public async Task Predict_WhileItsVersionIsDeleted_IsAnsweredOrToldSoAndNeverFails()
    {
        ModelVersion first = await DeployedModel.RegisterAsync(host, "leaving", "run-1");
        await DeployedModel.RegisterAsync(host, "leaving", "run-2");
        await host.Services.GetRequiredService<ModelRegistry>().DeployAsync(TenantId.Default, "leaving", 2, "run-2", default);
        using CancellationTokenSource tooLong = new(TimeSpan.FromMinutes(1));
        TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        Task<List<HttpStatusCode>>[] callers = [.. Enumerable.Range(0, Callers).Select(_ => Task.Run(() => UntilGoneAsync(first.Label, answered, tooLong.Token)))];
        await answered.Task.WaitAsync(tooLong.Token);
        using HttpResponseMessage deleted = await host.Client.DeleteAsync(new Uri($"api/v1/models/leaving/versions/{first.Label}?reason=old", UriKind.Relative));
        List<HttpStatusCode>[] seen = await Task.WhenAll(callers);

        Assert.True(deleted.IsSuccessStatusCode);
        Assert.All(seen, statuses => Assert.All(statuses[..^1], status => Assert.Equal(HttpStatusCode.OK, status)));
        using HttpResponseMessage deployed = await PredictAsync(version: null, tooLong.Token);
        Assert.Equal(HttpStatusCode.OK, deployed.StatusCode);
    }

    // Statuses up to the one that says that the version is gone.
    private async Task<List<HttpStatusCode>> UntilGoneAsync(string version, TaskCompletionSource answered, CancellationToken cancellationToken)
    {
        List<HttpStatusCode> statuses = [];
        do
        {
            using HttpResponseMessage response = await PredictAsync(version, cancellationToken);
            statuses.Add(response.StatusCode);
            answered.TrySetResult();
            if (!response.IsSuccessStatusCode)
            {
                Assert.Equal("model_version_deleted", (await PlatformHost.ProblemAsync(response)).GetProperty("code").GetString());
            }
        }
        while (statuses[^1] == HttpStatusCode.OK);

        return statuses;
    }

    private async Task<HttpResponseMessage> PredictAsync(string? version, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "api/v1/models/leaving/predict") { Content = JsonContent.Create(new { instance = new { size = 3, colour = "red" } }) };
        if (version is not null)
        {
            request.Headers.Add("Model-Version", version);
        }

        return await host.Client.SendAsync(request, cancellationToken);
    }
}
