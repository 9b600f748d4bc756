using Trainyard.Domain.Access;
using Trainyard.Domain.Redaction;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Tests.Redaction;

public sealed class RedactorTests
{
    private const string Base64Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tqeKsoGZSZwnbtdEnbPHU5tGLg==";

    [Theory]
    [InlineData("key sk-proj-4f9aK2m8QwErTy12 was sent", "key [redacted] was sent")]
    [InlineData("ghp_1234567890abcdefghijABCDEFGHIJ123456", "[redacted]")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "[redacted]")]
    [InlineData("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl end", "token [redacted] end")]
    [InlineData("Authorization: Bearer abc123def456", "Authorization: Bearer [redacted]")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=" + Base64Key + ";EndpointSuffix=x", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=[redacted];EndpointSuffix=x")]
    [InlineData("a storage key " + Base64Key + " alone", "a storage key [redacted] alone")]
    [InlineData("Server=db;User Id=sa;Password=hunter2;", "Server=db;User Id=sa;Password=[redacted];")]
    [InlineData("{\"password\": \"hunter2\"}", "{\"password\": \"[redacted]\"}")]
    [InlineData("https://a.blob.core.windows.net/c/b.csv?sv=1&sig=abc%2F not found", "https://a.blob.core.windows.net/c/b.csv?[redacted] not found")]
    [InlineData("/c/b.csv?sv=1&sig=abc%2F&x=1", "/c/b.csv?sv=1&sig=[redacted]&x=1")]
    [InlineData("postgres://user:secret@db:5432/x", "postgres://[redacted]@db:5432/x")]
    [InlineData("/api/v1/models/Password%3Dhunter2%3B/predict", "/api/v1/models/Password%3D[redacted]")]
    [InlineData("/models/Bearer%20abc1/versions/Bearer%20def2", "/models/Bearer%20[redacted]")]
    [InlineData("column 'jane.doe+x@mail.example.org' is unknown", "column '[redacted]' is unknown")]
    [InlineData("/models/jane%40example.com/x", "/models/[redacted]/x")]
    [InlineData("card 4111 1111 1111 1111.", "card [redacted].")]
    [InlineData("card 5555-5555-5555-4444", "card [redacted]")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00", "IBAN [redacted]")]
    [InlineData("GB82WEST12345698765432", "[redacted]")]
    [InlineData("ssn 078-05-1120", "ssn [redacted]")]
    [InlineData("call +49 170 1234567 now", "call [redacted] now")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIEow==\n-----END RSA PRIVATE KEY-----", "[redacted]")]
    public void Clean_TextWithASecret_TakesItOut(string text, string expected) => Assert.Equal(expected, Redactor.Clean(text));

    [Theory]
    [InlineData("")]
    [InlineData("There is no model 'fraud-v2'.")]
    [InlineData("Field 'threshold' must be from 0 to 1; 0.95 will do.")]
    [InlineData("run-0af7651916cd43dd8448eb211c80319c of 2026-11-21T17:54:16.0000000Z took 00:00:01.2345678")]
    [InlineData("card 4111 1111 1111 1112, account DE00370400440532013000")]
    [InlineData("The continuation token is not one that a page of instances gave.")]
    [InlineData("basic authentication and bearer tokens")]
    [InlineData("dataset://wine/1 at http://127.0.0.1:7071/docs")]
    [InlineData("sha256 65bcf4d27d6d6b1a65bcf4d27d6d6b1a65bcf4d27d6d6b1a65bcf4d27d6d6b1a")]
    [InlineData("p@ss is no address")]
    public void Clean_TextWithoutSecrets_IsTheSameInstance(string text) => Assert.Same(text, Redactor.Clean(text));

    [Fact]
    public void Clean_KeyOfOurs_IsFoundWhereverItStands()
    {
        string key = ApiKeyToken.Create(TenantId.Default, "k1").Reveal();

        Assert.Equal("x [redacted] y", Redactor.Clean($"x {key} y"));
        Assert.Equal("/models/[redacted]", Redactor.Clean($"/models/{key}"));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('1')]
    [InlineData('%')]
    [InlineData(' ')]
    [InlineData('-')]
    [InlineData(':')]
    public void Clean_LongTextOfOneCharacter_Ends(char character)
    {
        string text = new(character, 200_000);
        Assert.Same(text, Redactor.Clean(text));
    }

    [Theory]
    [InlineData("Password", true)]
    [InlineData("clientSecret", true)]
    [InlineData("x-api-key", true)]
    [InlineData("threshold", false)]
    [InlineData("model_name", false)]
    public void IsSecret_OfAName_GoesByWhatItSays(string name, bool expected) => Assert.Equal(expected, Redactor.IsSecret(name));
}
