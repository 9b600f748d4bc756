using System.Text;
using System.Text.Json;
using Trainyard.Domain.Redaction;

namespace Trainyard.Domain.Tests.Redaction;

public sealed class RedactedJsonTests
{
    [Fact]
    public void Parse_WithSecrets_KeepsEverythingElse()
    {
        const string Json = """
            {"name":"wine","threshold":0.90,"big":12345678901234567890123,"ok":true,"none":null,"owner":"jane@example.com",
             "secret":{"a":[1,2]},"password":null,"list":["sk-abcdefghijklmnop1234",1,{"api_key":17,"after":2}],"empty":[],"jane@example.com":1}
            """;

        JsonElement clean = RedactedJson.Parse(Encoding.UTF8.GetBytes(Json));

        Assert.Equal(
            """{"name":"wine","threshold":0.90,"big":12345678901234567890123,"ok":true,"none":null,"owner":"[redacted]","secret":"[redacted]","password":null,"list":["[redacted]",1,{"api_key":"[redacted]","after":2}],"empty":[],"[redacted]":1}""",
            clean.GetRawText());
    }

    [Fact]
    public void Parse_WhatIsNoJson_Throws() => Assert.ThrowsAny<JsonException>(() => RedactedJson.Parse("{"u8));
}
