using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Trainyard.Domain.Access;
using Trainyard.Domain.Problems;
using Trainyard.Functions.Access.Tokens;
using Trainyard.Testing;

namespace Trainyard.Functions.Tests.Access.Tokens;

/// <summary>Tokens that PyJWT signed, and forgeries of them; see Fixtures/make_tokens.py.</summary>
public sealed class TokenValidatorTests : IDisposable
{
    private static readonly JsonNode Fixture = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Access", "Tokens", "Fixtures", "tokens.json")))!;

    private readonly ManualTimeProvider clock = new();
    private readonly FakeProvider provider = new((string)Fixture["issuer"]!, Fixture["keys"]!.ToJsonString());
    private readonly IdentityProvider identity;
    private readonly TokenValidator validator;

    public TokenValidatorTests()
    {
        TokenOptions options = new() { Issuer = new Uri((string)Fixture["issuer"]!), Audience = (string)Fixture["audience"]! };
        identity = new IdentityProvider(options, new HttpClient(provider), clock, NullLogger<IdentityProvider>.Instance);
        validator = new TokenValidator(options, identity, clock);
    }

    public static TheoryData<string> Good() => [.. Fixture["good"]!.AsObject().Select(each => each.Key)];

    public static TheoryData<string> Refused() => [.. Fixture["refused"]!.AsObject().Select(each => each.Key)];

    public void Dispose()
    {
        identity.Dispose();
        provider.Dispose();
    }

    [Theory]
    [MemberData(nameof(Good))]
    public async Task Recognise_TokenOfTheProvider_GivesTenantSubjectAndScopes(string name)
    {
        Caller? caller = await validator.RecogniseAsync((string)Fixture["good"]![name]!, default);

        Assert.NotNull(caller);
        Scopes expected = name == "one role as a text" ? Scopes.Read : Scopes.Read | Scopes.Predict;
        Assert.Equal((CallerKind.Token, "acme", "token:user-1", expected), (caller.Kind, caller.Tenant.Value, caller.Id, caller.Scopes));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Recognise_Forgery_IsNobody(string name) => Assert.Null(await validator.RecogniseAsync((string)Fixture["refused"]![name]!, default));

    [Fact]
    public async Task Recognise_AnyCharacterChanged_IsNobody()
    {
        string good = (string)Fixture["good"]!["ES256"]!;

        // The last characters of each part carry padding bits that may differ without changing a byte.
        int[] padded = [.. good.Index().Where(each => each.Item == '.').Select(each => each.Index - 1), good.Length - 1];
        for (int index = 0; index < good.Length; index++)
        {
            string changed = string.Concat(good.AsSpan(0, index), good[index] == 'A' ? "B" : "A", good.AsSpan(index + 1));
            Assert.True(padded.Contains(index) || await validator.RecogniseAsync(changed, default) is null, $"Character {index} may be changed.");
        }
    }

    [Fact]
    public async Task Recognise_ExpiredToken_SaysSo()
    {
        ProblemException refused = await Assert.ThrowsAsync<ProblemException>(async () => await validator.RecogniseAsync((string)Fixture["expired"]!, default));
        Assert.Equal("credentials_expired", refused.Problem.Code);

        string good = (string)Fixture["good"]!["RS256"]!;
        Assert.NotNull(await validator.RecogniseAsync(good, default));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(await validator.RecogniseAsync(good, default));
        clock.Advance(TokenValidator.ClockSkew + TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<ProblemException>(async () => await validator.RecogniseAsync(good, default));
    }

    [Fact]
    public async Task Recognise_AfterTheKeysWereRotated_FetchesThemAgainButNotForEveryUnknownKey()
    {
        string rotated = (string)Fixture["rotated"]!;
        Assert.Null(await validator.RecogniseAsync(rotated, default));
        Assert.Equal(2, provider.Requests);

        provider.Keys = Fixture["rotated_keys"]!.ToJsonString();
        Assert.Null(await validator.RecogniseAsync(rotated, default));
        Assert.Equal(2, provider.Requests);

        clock.Advance(IdentityProvider.RefetchAfter);
        Assert.NotNull(await validator.RecogniseAsync(rotated, default));
        Assert.Equal(4, provider.Requests);
        Assert.Null(await validator.RecogniseAsync((string)Fixture["good"]!["RS256"]!, default));
        Assert.Equal(4, provider.Requests);
    }

    [Fact]
    public async Task Recognise_WhileTheProviderIsDown_GoesOnWithTheKeysThatAreKnownForADay()
    {
        string good = (string)Fixture["good"]!["RS256"]!;
        Assert.NotNull(await validator.RecogniseAsync(good, default));
        provider.IsDown = true;
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(await validator.RecogniseAsync(good, default));
        clock.Advance(IdentityProvider.Lifetime);
        Assert.Null(await validator.RecogniseAsync(good, default));
    }

    [Theory]
    [InlineData("""{"issuer":"https://evil.example","jwks_uri":"https://login.example/keys"}""")]
    [InlineData("""{"issuer":"https://login.example/tenant/v2.0","jwks_uri":"http://login.example/keys"}""")]
    [InlineData("""{"issuer":"https://login.example/tenant/v2.0"}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    public async Task Recognise_ProviderWithAnotherConfiguration_TrustsNobody(string configuration)
    {
        provider.Configuration = configuration;
        Assert.Null(await validator.RecogniseAsync((string)Fixture["good"]!["RS256"]!, default));
    }

    [Fact]
    public async Task Recognise_ManyAtOnce_FetchTheKeysOnce()
    {
        await Task.WhenAll(Fixture["good"]!.AsObject().Select(each => Task.Run(() => validator.RecogniseAsync((string)each.Value!, default).AsTask())));
        Assert.Equal(2, provider.Requests);
    }

    private sealed class FakeProvider(string issuer, string keys) : HttpMessageHandler
    {
        private int requests;

        public int Requests => Volatile.Read(ref requests);

        public bool IsDown { get; set; }

        public string Keys { get; set; } = keys;

        public string Configuration { get; set; } = $$"""{"issuer":"{{issuer}}","jwks_uri":"https://login.example/keys"}""";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref requests);
            if (IsDown)
            {
                throw new HttpRequestException("The provider is down.");
            }

            string? body = request.RequestUri!.ToString() switch
            {
                "https://login.example/tenant/v2.0/.well-known/openid-configuration" => Configuration,
                "https://login.example/keys" => Keys,
                _ => null,
            };
            return Task.FromResult(body is null
                ? new HttpResponseMessage(HttpStatusCode.NotFound)
                : new HttpResponseMessage { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        }
    }
}
