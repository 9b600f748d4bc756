using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Xunit.Abstractions;

namespace Trainyard.Functions.Tests.Garbage;

/// <summary>Garbage without end, at every family of endpoints: no fault of ours, no request without an answer, no memory that stays.</summary>
[Collection(Alone.Name)]
public sealed class GarbageFloodTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Seed = 20261122;

    /// <summary>Requests of each family, its endpoints in turn.</summary>
    private const int RequestsPerFamily = 10_000;

    /// <summary>Set to a number of requests of each endpoint, for the long run that docs/security.md tells of.</summary>
    private const string PerEndpointVariable = "TRAINYARD_GARBAGE_PER_ENDPOINT";
    private const int AtOnce = 8;

    // What a run may leave behind in caches that are bounded, beside what requests under way hold.
    private const long MaxGrowthBytes = 24L * 1024 * 1024;

    // What pools happen to hold is gone after some more requests; what leaks has grown.
    private const int MoreTries = 3;

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    private readonly PlatformHost host = new();

    public static TheoryData<string> Families() => [.. HttpEndpoints.All.Select(static endpoint => FamilyOf(endpoint.Route)).Distinct(StringComparer.Ordinal)];

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Send_GarbageWithoutEnd_IsAnsweredAndForgotten(string family)
    {
        (string Method, string Route)[] endpoints = [.. HttpEndpoints.All.Where(endpoint => FamilyOf(endpoint.Route) == family)];
        int requests = Environment.GetEnvironmentVariable(PerEndpointVariable) is { } each ? int.Parse(each, CultureInfo.InvariantCulture) * endpoints.Length : RequestsPerFamily;
        output.WriteLine($"seed {Seed}, {endpoints.Length} endpoints, {requests} requests");
        GarbageRequests garbage = new(Seed);
        ConcurrentDictionary<int, int> statuses = new();

        // The first tenth fills what is filled once: pools, caches, compiled code.
        await SendAsync(garbage, endpoints, requests / 10, statuses);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await SendAsync(garbage, endpoints, requests - (requests / 10), statuses);
        long growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        for (int more = 0; more < MoreTries && growth >= MaxGrowthBytes; more++)
        {
            await SendAsync(garbage, endpoints, requests / 10, new ConcurrentDictionary<int, int>());
            growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        }

        output.WriteLine(string.Join(", ", statuses.OrderBy(status => status.Key).Select(status => $"{status.Value} × {status.Key}")) + $"; {growth / 1024} KiB more");
        Assert.Equal(requests, statuses.Values.Sum());
        Assert.True(growth < MaxGrowthBytes, $"{growth} bytes stay after {requests} requests of {family}.");
    }

    // In the order of the seed, a few at once: what is sent is the same each time.
    private Task SendAsync(GarbageRequests garbage, (string Method, string Route)[] endpoints, int count, ConcurrentDictionary<int, int> statuses)
    {
        IEnumerable<HttpRequestMessage> requests = Enumerable.Range(0, count).Select(index => garbage.Next(endpoints[index % endpoints.Length].Method, endpoints[index % endpoints.Length].Route));
        return Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (request, cancellationToken) =>
        {
            using (request)
            using (CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
            {
                time.CancelAfter(AnswerTime);
                using HttpResponseMessage answer = await host.Client.SendAsync(request, time.Token);
                Assert.True((int)answer.StatusCode < 500 || IsTruthful(answer), $"seed {Seed}: {request.Method} {request.RequestUri} gave {(int)answer.StatusCode} {Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(time.Token))}");
                statuses.AddOrUpdate((int)answer.StatusCode, 1, static (_, seen) => seen + 1);
            }
        });
    }

    // Under a flood a store may answer later than readiness allows; then it says so.
    private static bool IsTruthful(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.ServiceUnavailable && answer.RequestMessage?.RequestUri?.AbsolutePath is ("/health/ready" or "/v2/health/ready");

    // The part of a route that says what it is about; what serves the host itself counts as one.
    private static string FamilyOf(string route) => route.Split('/') switch
    {
        ["api", "v1", "keys" or "audit" or "alerts", ..] => "access",
        ["api", string version, string subject, ..] => $"api/{version}/{subject}",
        ["mlops", not "metrics", ..] => "mlops",
        _ => "host",
    };
}
