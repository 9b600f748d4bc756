using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Trainyard.Domain.Access;
using Trainyard.Functions.Access;
using Trainyard.Functions.Configuration;
using Trainyard.Functions.Tests.Garbage;

namespace Trainyard.Functions.Tests.Access;

public sealed class AccessTests(SecuredHost host) : IClassFixture<SecuredHost>
{
    private static readonly string[] Public = 
    [
        "GET health", "HEAD health", "GET health/ready", "HEAD health/ready", "GET v2", "GET v2/health/live", "GET v2/health/ready",
        "GET openapi.json", "HEAD openapi.json", "GET docs", "HEAD docs", "GET docs/{file}", "HEAD docs/{file}",
    ];

    public static TheoryData<string, string> Protected() => Routes(endpoint => !Public.Contains($"{endpoint.Method} {endpoint.Route}"));

    public static TheoryData<string, string> All() => Routes(_ => true);

    [Fact]
    public void EveryHttpFunction_SaysWhoMayCallItAndWhatItCounts() =>
        Assert.All(Operations.Find(typeof(TrainyardServices).Assembly), method => Assert.NotNull(method.GetCustomAttribute<OperationAttribute>()));

    [Fact]
    public void PublicFunctions_AreThoseOfHealthAndOfTheDescriptionAlone() => Assert.Equal(
        ["Docs", "DocsFile", "Health", "HealthReady", "InferenceLive", "InferenceReady", "InferenceServer", "OpenApi"],
        Operations.Find(typeof(TrainyardServices).Assembly)
            .Where(method => method.GetCustomAttribute<OperationAttribute>()!.Scope == Scopes.None)
            .Select(method => method.GetCustomAttribute<Microsoft.Azure.Functions.Worker.FunctionAttribute>()!.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Protected))]
    public async Task Send_WithoutOrWithWrongCredentials_Is401(string method, string route)
    {
        JsonNode expiring = await host.MakeKeyAsync("alice", "admin", host.Clock.GetUtcNow().AddMinutes(1).ToString("O"));
        JsonNode revoked = await host.MakeKeyAsync("alice", "admin");
        await host.SendAsync(SecuredHost.OperatorKey, HttpMethod.Get, "api/v1/keys");
        Assert.Equal(HttpStatusCode.NoContent, (await host.SendAsync(host.Alice, HttpMethod.Delete, $"api/v1/keys/{revoked["id"]}")).Status);
        host.Clock.Advance(TimeSpan.FromMinutes(2));

        string expired = (string)expiring["token"]!;
        (string? Token, string Code)[] attempts =
        [
            (null, "credentials_missing"),
            (expired, "credentials_expired"),
            (Flip(expired), "credentials_invalid"),
            ((string)revoked["token"]!, "credentials_invalid"),
            (host.Alice.Replace("ty_alice_", "ty_bob_", StringComparison.Ordinal), "credentials_invalid"),
            (host.Alice + "A", "credentials_invalid"),
            ("ty_alice_k_", "credentials_invalid"),
            (SecuredHost.OperatorKey + "x", "credentials_invalid"),
            ("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.", "credentials_invalid"),
            ("null", "credentials_invalid"),
        ];
        foreach ((string? token, string code) in attempts)
        {
            // Guesses are limited; the clock lets the next route's through.
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            using HttpResponseMessage response = await host.Client.SendAsync(SecuredHost.Request(token, new HttpMethod(method), HttpEndpoints.Fill(route, () => "x")));
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
            if (method != "HEAD")
            {
                Assert.Equal(code, (await PlatformHost.ProblemAsync(response)).GetProperty("code").GetString());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Protected))]
    public async Task Send_WithEveryScopeButTheOneNeeded_Is403(string method, string route)
    {
        Scopes needed = ScopeOf(method, route);
        string[] others = needed == Scopes.Platform ? ["admin"] : [.. ScopeNames.All.Take(4).Where(word => ScopeNames.TryParse(word, out Scopes scope) && scope != needed)];
        string token = await host.KeyAsync("alice", string.Join(',', others));
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        using HttpResponseMessage response = await host.Client.SendAsync(SecuredHost.Request(token, new HttpMethod(method), HttpEndpoints.Fill(route, () => "x")));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        if (method != "HEAD")
        {
            Assert.Equal("scope_missing", (await PlatformHost.ProblemAsync(response)).GetProperty("code").GetString());
        }
    }

    [Theory]
    [InlineData("x-api-key")]
    [InlineData("x-functions-key")]
    public async Task Send_KeyInAnyOfTheHeaders_IsAccepted(string header)
    {
        using HttpRequestMessage request = SecuredHost.Request(null, HttpMethod.Get, "api/v1/datasets");
        request.Headers.Add(header, host.Alice);
        using HttpResponseMessage response = await host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.Contains("RateLimit-Limit"));
    }

    [Fact]
    public async Task Send_TwoKeysOrAnotherScheme_IsRefused()
    {
        using HttpRequestMessage two = SecuredHost.Request(host.Alice, HttpMethod.Get, "api/v1/datasets");
        two.Headers.Add("x-api-key", host.Bob);
        using HttpResponseMessage first = await host.Client.SendAsync(two);
        Assert.Equal((HttpStatusCode.BadRequest, "credentials_repeated"), (first.StatusCode, (await PlatformHost.ProblemAsync(first)).GetProperty("code").GetString()));

        using HttpRequestMessage basic = SecuredHost.Request(null, HttpMethod.Get, "api/v1/datasets");
        basic.Headers.TryAddWithoutValidation("Authorization", "Basic YTpi");
        using HttpResponseMessage second = await host.Client.SendAsync(basic);
        Assert.Equal((HttpStatusCode.Unauthorized, "credentials_invalid"), (second.StatusCode, (await PlatformHost.ProblemAsync(second)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task CreateKey_ForAnotherTenant_IsForOperatorsAlone()
    {
        (HttpStatusCode status, JsonNode? body) = await host.SendAsync(host.Bob, HttpMethod.Post, "api/v1/keys", """{"name":"k","scopes":["read"],"tenant":"alice"}""");
        Assert.Equal((HttpStatusCode.Forbidden, "scope_missing"), (status, (string)body!["code"]!));

        (status, body) = await host.SendAsync(SecuredHost.OperatorKey, HttpMethod.Post, "api/v1/keys", """{"name":"k","scopes":["read"],"tenant":"Not A Tenant"}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "tenant_invalid"), (status, (string)body!["code"]!));
    }

    [Fact]
    public async Task CreateKey_RepeatedUnderItsIdempotencyKey_IsMadeOnceAndItsTokenShownOnce()
    {
        async Task<(HttpStatusCode, JsonNode)> CreateAsync()
        {
            using HttpRequestMessage request = SecuredHost.Request(host.Alice, HttpMethod.Post, "api/v1/keys", new StringContent("""{"name":"once","scopes":["read"]}""", Encoding.UTF8, "application/json"));
            request.Headers.Add("Idempotency-Key", "make-once");
            using HttpResponseMessage response = await host.Client.SendAsync(request);
            return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
        }

        (HttpStatusCode first, JsonNode key) = await CreateAsync();
        (HttpStatusCode again, JsonNode problem) = await CreateAsync();

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Conflict, "key_exists"), (first, again, (string)problem["code"]!));
        Assert.DoesNotContain((string)key["token"]!, problem.ToJsonString(), StringComparison.Ordinal);
        JsonArray listed = (await host.SendAsync(host.Alice, HttpMethod.Get, "api/v1/keys?limit=500")).Body!["items"]!.AsArray();
        Assert.Single(listed, item => (string)item!["name"]! == "once");
        Assert.DoesNotContain((string)key["token"]!, listed.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreatePipeline_ThatDeploysByItself_NeedsToBeAllowedToDeploy()
    {
        string trainer = await host.KeyAsync("alice", "read,train");
        const string Pipeline = """{"model_name":"m","dataset_uri":"dataset://none","auto_deploy":AUTO}""";

        (HttpStatusCode status, JsonNode? body) = await host.SendAsync(trainer, HttpMethod.Post, "api/v1/advanced-ai/mlops/pipelines", Pipeline.Replace("AUTO", "true", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.Forbidden, "scope_missing"), (status, (string)body!["code"]!));

        (status, body) = await host.SendAsync(trainer, HttpMethod.Post, "api/v1/advanced-ai/mlops/pipelines", Pipeline.Replace("AUTO", "false", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.NotFound, "dataset_not_found"), (status, (string)body!["code"]!));
    }

    [Fact]
    public async Task Predict_MoreOftenThanAllowed_Is429UntilTimePasses()
    {
        string predictor = await host.KeyAsync("carol", "predict");
        List<HttpStatusCode> statuses = [];
        for (int count = 0; count < 5; count++)
        {
            statuses.Add((await host.SendAsync(predictor, HttpMethod.Post, "api/v1/models/none/predict", "{}")).Status);
        }

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests], statuses);
        using HttpResponseMessage refused = await host.Client.SendAsync(SecuredHost.Request(predictor, HttpMethod.Post, "api/v1/models/none/predict"));
        Assert.Equal("rate_limited", (await PlatformHost.ProblemAsync(refused)).GetProperty("code").GetString());
        Assert.Equal((TimeSpan.FromSeconds(1), "4", "0"), (refused.Headers.RetryAfter?.Delta, Header(refused, "RateLimit-Limit"), Header(refused, "RateLimit-Remaining")));

        host.Clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(HttpStatusCode.NotFound, (await host.SendAsync(predictor, HttpMethod.Post, "api/v1/models/none/predict", "{}")).Status);
    }

    [Fact]
    public async Task Predict_ByManyKeysOfOneTenant_SharesTheTenantsLimitAndLeavesOthersAlone()
    {
        // Each key may ask four times at once, and all of a tenant four times as often.
        List<HttpStatusCode> statuses = [];
        for (int key = 0; key < 5; key++)
        {
            string token = await host.KeyAsync("dora", "predict");
            for (int count = 0; count < 4; count++)
            {
                statuses.Add((await host.SendAsync(token, HttpMethod.Post, "api/v1/models/none/predict", "{}")).Status);
            }
        }

        Assert.All(statuses.Take(16), status => Assert.Equal(HttpStatusCode.NotFound, status));
        Assert.All(statuses.Skip(16), status => Assert.Equal(HttpStatusCode.TooManyRequests, status));
        string other = await host.KeyAsync("emil", "predict");
        Assert.Equal(HttpStatusCode.NotFound, (await host.SendAsync(other, HttpMethod.Post, "api/v1/models/none/predict", "{}")).Status);
    }

    [Fact]
    public async Task Send_ManyGuesses_AreSlowedDownWithoutHinderingWhoIsKnown()
    {
        HttpStatusCode last = default;
        for (int count = 0; count < 300 && last != HttpStatusCode.TooManyRequests; count++)
        {
            last = (await host.SendAsync($"guess-{count}", HttpMethod.Get, "api/v1/datasets")).Status;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(host.Alice, HttpMethod.Get, "api/v1/datasets")).Status);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));

    // The first character of a secret is all its own bits; in the last one some are padding.
    private static string Flip(string token)
    {
        int secret = token.LastIndexOf('_', token.Length - 44) + 1;
        return string.Concat(token.AsSpan(0, secret), token[secret] == 'A' ? "B" : "A", token.AsSpan(secret + 1));
    }

    private static Scopes ScopeOf(string method, string route) => Operations.Find(typeof(TrainyardServices).Assembly)
        .Single(function => function.GetParameters().Select(parameter => parameter.GetCustomAttribute<Microsoft.Azure.Functions.Worker.HttpTriggerAttribute>()).OfType<Microsoft.Azure.Functions.Worker.HttpTriggerAttribute>()
            .Any(trigger => trigger.Route == route && trigger.Methods!.Contains(method, StringComparer.OrdinalIgnoreCase)))
        .GetCustomAttribute<OperationAttribute>()!.Scope;

    private static TheoryData<string, string> Routes(Func<(string Method, string Route), bool> wanted)
    {
        TheoryData<string, string> data = [];
        foreach ((string method, string route) in HttpEndpoints.All.Where(wanted))
        {
            data.Add(method, route);
        }

        return data;
    }
}
