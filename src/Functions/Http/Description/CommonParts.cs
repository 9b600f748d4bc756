using System.Globalization;
using Microsoft.OpenApi;
using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Functions.Http.Serving;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Http.Description;

/// <summary>What many operations share, described once: how callers are known, pages, repeats, limits.</summary>
internal static class CommonParts
{
    /// <summary>Of answers that count against a limit.</summary>
    public static readonly string[] RateHeaders = ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"];

    /// <summary>The header of every answer that finds its request again.</summary>
    public const string Correlation = InvocationScope.Header;

    /// <summary>The header by which a caller has its request in a trace of its own.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>The header that says how to be known.</summary>
    public const string Authenticate = "WWW-Authenticate";

    /// <summary>The header that says which bytes a file has.</summary>
    public const string ETag = "ETag";

    /// <summary>The header that says when to try again.</summary>
    public const string RetryAfter = "Retry-After";

    /// <summary>The header that says where what was made is.</summary>
    public const string Location = "Location";

    /// <summary>The header that says where work under way is followed.</summary>
    public const string StatusLocation = "Status-Location";

    /// <summary>Parameters of pages.</summary>
    public static readonly string[] PageParameters = ["limit", "continuation"];

    /// <summary>Parameters of requests that traffic leads to a version.</summary>
    public static readonly string[] RoutedParameters = [RoutedRequest.KeyHeader, RoutedRequest.VersionHeader];

    private static readonly (string Name, OpenApiSecurityScheme Scheme)[] Schemes =
    [
        ("bearer", new() { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, or a token of the identity provider." }),
        ("api_key", new() { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "x-api-key", Description = "An API key, as `POST /api/v1/keys` showed it." }),
        ("functions_key", new() { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "x-functions-key", Description = "An API key, in the header that Azure Functions clients send." }),
    ];

    /// <summary>A document that holds them.</summary>
    public static OpenApiDocument NewDocument()
    {
        OpenApiDocument document = new()
        {
            Paths = [],
            Tags = new HashSet<OpenApiTag>(),
            Components = new OpenApiComponents
            {
                Schemas = new SortedDictionary<string, IOpenApiSchema>(StringComparer.Ordinal),
                Responses = new SortedDictionary<string, IOpenApiResponse>(StringComparer.Ordinal),
            },
        };
        Array.ForEach(Schemes, each => document.AddComponent<IOpenApiSecurityScheme>(each.Name, each.Scheme));
        AddHeaders(document);
        AddParameters(document);
        return document;
    }

    /// <summary>Any one of the credentials, with a scope.</summary>
    public static List<OpenApiSecurityRequirement> Security(OpenApiDocument document, string scope) =>
        [.. Schemes.Select(each => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(each.Name, document)] = [scope] })];

    /// <summary>References to headers.</summary>
    public static Dictionary<string, IOpenApiHeader> Headers(OpenApiDocument document, IEnumerable<string> names) =>
        names.ToDictionary(name => name == StatusLocation ? Location : name, IOpenApiHeader (name) => new OpenApiHeaderReference(name, document), StringComparer.Ordinal);

    private static void AddHeaders(OpenApiDocument document)
    {
        Add(Correlation, "Finds the request in logs, traces and the audit log: the trace id of the `traceparent` that came with it, else one of its own.", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[0-9a-f]{32}$" });
        Add(Authenticate, "How to be known: `Bearer`.", new OpenApiSchema { Type = JsonSchemaType.String });
        Add(ETag, "The SHA-256 of the file, in quotes; `If-Range` takes it.", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^\"[0-9a-f]{64}\"$" });
        Add(RateHeaders[0], "Requests of this kind that may come at once after a rest.", Whole());
        Add(RateHeaders[1], "Requests that would get through right now.", Whole());
        Add(RateHeaders[2], "Seconds until the limit is untouched again.", Whole());
        Add(RetryAfter, "Seconds to wait before the next attempt.", Whole());
        Add(Location, "Where what was made is.", new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri-reference" });
        Add(StatusLocation, "Where to see how the work that was begun stands.", new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri-reference" });

        static OpenApiSchema Whole() => new() { Type = JsonSchemaType.Integer, Minimum = "0" };

        void Add(string name, string description, OpenApiSchema schema) =>
            document.AddComponent<IOpenApiHeader>(name, new OpenApiHeader { Description = description, Schema = schema });
    }

    private static void AddParameters(OpenApiDocument document)
    {
        Add("limit", ParameterLocation.Query, "Items of the page at most.", new OpenApiSchema
        {
            Type = JsonSchemaType.Integer, Minimum = "1", Maximum = PageRequest.MaxLimit.ToString(CultureInfo.InvariantCulture), Default = PageRequest.DefaultLimit,
        });
        Add("continuation", ParameterLocation.Query, "What the page before gave as `continuation`, unchanged; absent for the first page.", new OpenApiSchema
        {
            Type = JsonSchemaType.String, MaxLength = PageRequest.MaxContinuationLength,
        });
        Add(IdempotentRequest.Header, ParameterLocation.Header, $"Unique to this request: a repeat under it within {IdempotencyLedger.Retention.TotalHours:0} hours makes nothing twice.", new OpenApiSchema
        {
            Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyLedger.MaxKeyLength, Pattern = "^[ -~]*$",
        });

        Add(TraceParent, ParameterLocation.Header, "The trace that the request is part of (W3C Trace Context); its trace id becomes the correlation id. What is none is not taken up.", new OpenApiSchema
        {
            Type = JsonSchemaType.String,
        });
        Add(RoutedRequest.KeyHeader, ParameterLocation.Header, "Who stays with the same version while traffic is split: a user, a session. Without it, the caller.", new OpenApiSchema
        {
            Type = JsonSchemaType.String, MaxLength = TrafficPoint.MaxKeyLength,
        });
        Add(RoutedRequest.VersionHeader, ParameterLocation.Header, "Forces a version, deployed or not, for a test: `v5`, `5`, `1.4.0` or an alias.", new OpenApiSchema
        {
            Type = JsonSchemaType.String, Pattern = ResourceName.Pattern,
        });

        void Add(string name, ParameterLocation place, string description, OpenApiSchema schema) =>
            document.AddComponent<IOpenApiParameter>(name, new OpenApiParameter { Name = name, In = place, Description = description, Schema = schema });
    }
}
