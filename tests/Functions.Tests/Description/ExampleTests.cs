using System.Text.Json.Nodes;

namespace Trainyard.Functions.Tests.Description;

/// <summary>What the document says, held against a host that runs.</summary>
public sealed class ExampleTests(DescribedWorld world) : IClassFixture<DescribedWorld>
{
    // What says nothing of the answer to whoever called: the server's own, and what keeps browsers and caches from it.
    private static readonly string[] OfBrowsers =
    [
        "Date", "Transfer-Encoding", "Cache-Control", "Pragma", "Vary", "Accept-Ranges", "X-Content-Type-Options", "Content-Security-Policy", "Referrer-Policy",
    ];

    [Fact]
    public async Task EveryOperation_SentItsExamples_AnswersAsDescribed()
    {
        JsonSchemaCheck schemas = new(world.Document);
        foreach (DescribedOperation operation in world.Operations.Where(operation => operation.Id != "CancelPipelineRun").OrderBy(operation => operation.Method == "DELETE"))
        {
            List<(string? MediaType, string? Body)> requests = [.. operation.Bodies().Select(body => ((string?)body.MediaType, (string?)Text(body.Example)))];
            foreach ((string? mediaType, string? body) in requests.DefaultIfEmpty())
            {
                await AnswersAsDescribedAsync(operation, mediaType, body, schemas);
            }
        }

        // The example of a run is over by now, or ends too soon to be cancelled; whichever it is, the answer is described.
        using HttpResponseMessage cancelled = await world.SendAsync(world.Operation("CancelPipelineRun"));
        string status = ((int)cancelled.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(world.Operation("CancelPipelineRun").Response(world.Document, status) is not null, await cancelled.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task EveryRuleOfABody_Broken_IsRefusedByName()
    {
        int broken = 0;
        foreach (DescribedOperation operation in world.Operations)
        {
            foreach ((string mediaType, JsonNode schema, JsonNode example) in operation.Bodies().Where(body => body.MediaType == "application/json"))
            {
                foreach ((string member, string rule, JsonObject body) in BrokenBodies.Of(world.Document, schema, example.AsObject()))
                {
                    using HttpResponseMessage response = await world.SendAsync(operation, mediaType, body.ToJsonString());
                    string text = await response.Content.ReadAsStringAsync();
                    Assert.True((int)response.StatusCode is 400 or 422, $"{operation.Id} takes {body.ToJsonString()}, which breaks {rule} of '{member}': {(int)response.StatusCode} {text}");
                    string? field = (string?)JsonNode.Parse(text)!["field"];
                    Assert.True(field == member || field?.StartsWith(member + "[", StringComparison.Ordinal) == true || field?.StartsWith(member + ".", StringComparison.Ordinal) == true, $"{operation.Id}, {rule} of '{member}': {text}");
                    Assert.Contains((string)JsonNode.Parse(text)!["code"]!, operation.Codes(world.Document, ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture)) ?? new HashSet<string>(StringComparer.Ordinal));
                    broken++;
                }
            }
        }

        Assert.True(broken > 40, $"Only {broken} rules were broken.");
    }

    [Fact]
    public async Task EveryQueryParameter_ThatIsNoText_IsRead()
    {
        foreach (DescribedOperation operation in world.Operations)
        {
            foreach (JsonNode parameter in (operation.Node["parameters"]?.AsArray() ?? []).Select(each => DescribedOperation.Follow(world.Document, each!)))
            {
                if ((string)parameter["in"]! != "query" || ((string)parameter["schema"]!["type"]! != "integer" && (string?)parameter["schema"]!["format"] != "date-time"))
                {
                    continue;
                }

                DescribedOperation asked = operation with { Path = $"{operation.Path}?{parameter["name"]}=x", Node = Without(operation.Node, parameter) };
                using HttpResponseMessage response = await world.SendAsync(asked);
                string text = await response.Content.ReadAsStringAsync();
                Assert.True((int)response.StatusCode == 400 && (string?)JsonNode.Parse(text)!["field"] == (string)parameter["name"]!, $"{operation.Id} {parameter["name"]}: {(int)response.StatusCode} {text}");
            }
        }
    }

    private async Task AnswersAsDescribedAsync(DescribedOperation operation, string? mediaType, string? body, JsonSchemaCheck schemas)
    {
        using HttpResponseMessage response = await world.SendAsync(operation, mediaType, body);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture) == operation.Success, $"{operation.Id} {body}: {(int)response.StatusCode} {text}");

        JsonNode described = operation.Response(world.Document, operation.Success)!;
        foreach ((string header, _) in described["headers"]?.AsObject() ?? [])
        {
            Assert.True(response.Headers.Contains(header), $"{operation.Id} answers without {header}.");
        }

        Assert.All(
            response.Headers.Select(header => header.Key).Except(OfBrowsers, StringComparer.OrdinalIgnoreCase),
            header => Assert.True(described["headers"]?[header] is not null, $"{operation.Id} answers with {header}, which its description does not say."));

        if (described["content"] is not JsonObject content)
        {
            Assert.Empty(text);
            return;
        }

        Assert.Equal(operation.Id == "DocsFile" ? "text/javascript" : content.Single().Key, response.Content.Headers.ContentType!.MediaType);
        if (content.Single().Key == "application/json")
        {
            Assert.Empty(schemas.Check(JsonNode.Parse(text), content.Single().Value!["schema"]!).Select(fault => $"{operation.Id} {fault}"));
        }
    }

    private static JsonObject Without(JsonObject operation, JsonNode parameter)
    {
        JsonObject copy = operation.DeepClone().AsObject();
        JsonArray parameters = copy["parameters"]!.AsArray();
        foreach (JsonNode? same in parameters.Where(each => (string?)each!["name"] == (string)parameter["name"]!).ToArray())
        {
            parameters.Remove(same);
        }

        return copy;
    }

    private static string Text(JsonNode example) => example.GetValueKind() == System.Text.Json.JsonValueKind.String ? (string)example! : example.ToJsonString();
}
