using System.Text.Json.Nodes;
using Trainyard.Functions.Http.Description;
using Trainyard.Functions.Tests.Garbage;

namespace Trainyard.Functions.Tests.Description;

/// <summary>What the document says, without a host.</summary>
public sealed class ApiDescriptionTests
{
    private const string RecordVariable = "TRAINYARD_RECORD_OPENAPI";

    private static readonly JsonNode Document = JsonNode.Parse(new ApiDescription().Json.Span)!;

    [Fact]
    public void Document_IsTheCommittedOne()
    {
        string file = RepositoryFiles.Path("docs", "openapi.json");
        byte[] made = [.. new ApiDescription().Json.Span, (byte)'\n'];
        if (Environment.GetEnvironmentVariable(RecordVariable) == "1")
        {
            File.WriteAllBytes(file, made);
        }

        Assert.True(
            File.Exists(file) && File.ReadAllBytes(file).AsSpan().SequenceEqual(made),
            $"The contract has changed. If that is meant, record it: {RecordVariable}=1 dotnet test tests/Functions.Tests --filter {nameof(ApiDescriptionTests)}, and read the diff of docs/openapi.json.");
    }

    [Fact]
    public void Document_SaysOpenApi31() => Assert.StartsWith("3.1.", (string)Document["openapi"]!, StringComparison.Ordinal);

    [Fact]
    public void EveryFunction_IsDescribed()
    {
        IReadOnlyList<DescribedOperation> operations = DescribedOperation.All(Document);

        Assert.Equal(
            HttpEndpoints.All.Where(endpoint => endpoint.Method != "HEAD").Select(endpoint => $"{endpoint.Method} /{endpoint.Route}").Order(StringComparer.Ordinal),
            operations.Select(operation => $"{operation.Method} {operation.Path}").Order(StringComparer.Ordinal));
        Assert.All(operations, operation =>
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)operation.Node["summary"]));
            Assert.False(string.IsNullOrWhiteSpace((string?)operation.Node["description"]));
            Assert.NotNull(operation.Success);
            Assert.All(operation.Node["parameters"]?.AsArray() ?? [], parameter => Assert.NotNull((string?)DescribedOperation.Follow(Document, parameter!)["description"]));
        });
    }

    [Fact]
    public void EveryFunction_HasAScopeAndALimit()
    {
        foreach (DescribedOperation operation in DescribedOperation.All(Document))
        {
            JsonArray security = operation.Node["security"]!.AsArray();
            if (security.Count == 0)
            {
                Assert.Contains(operation.Path, PublicPaths);
                continue;
            }

            string scope = (string)security[0]!.AsObject().Single().Value!.AsArray().Single()!;
            Assert.Contains($"Needs scope `{scope}`; counts as `", (string)operation.Node["description"]!, StringComparison.Ordinal);
            Assert.NotNull(operation.Codes(Document, "403"));
            Assert.NotNull(operation.Codes(Document, "429"));
        }
    }

    [Fact]
    public void EveryAnswerAndRefusal_TellsOfItsCorrelationIdAndWhenToTryAgain()
    {
        foreach (DescribedOperation operation in DescribedOperation.All(Document))
        {
            Assert.Contains("traceparent", operation.Node["parameters"]!.AsArray().Select(parameter => (string?)DescribedOperation.Follow(Document, parameter!)["name"]));
            foreach ((string status, JsonNode? response) in operation.Node["responses"]!.AsObject())
            {
                JsonNode? headers = DescribedOperation.Follow(Document, response!)["headers"];
                Assert.NotNull(headers?["X-Correlation-Id"]);
                Assert.Equal(status is "429" or "503", headers["Retry-After"] is not null);
                Assert.Equal(status == "401", headers["WWW-Authenticate"] is not null);
            }
        }
    }

    [Fact]
    public void Describe_AFunctionWithoutItsDescription_Refuses()
    {
        Microsoft.OpenApi.OpenApiDocument document = CommonParts.NewDocument();
        XmlDocs docs = new();
        SchemaWriter schemas = new(document, docs);
        OperationWriter writer = new(document, schemas, new Refusals(document, schemas, ProblemCatalog.Read()), docs);

        Assert.Contains(
            "lacks a summary",
            Assert.Throws<InvalidOperationException>(() => writer.Describe(typeof(UndescribedFunctions).GetMethod(nameof(UndescribedFunctions.Silent))!)).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Trainyard.Functions.Access.Operations.Of(typeof(UndescribedFunctions).Assembly));
    }

    // What anybody may ask, on purpose.
    private static readonly string[] PublicPaths = ["/health", "/health/ready", "/v2", "/v2/health/live", "/v2/health/ready", "/openapi.json", "/docs", "/docs/{file}"];
}
