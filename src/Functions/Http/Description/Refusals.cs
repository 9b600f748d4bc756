using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Trainyard.Domain.Access;
using Trainyard.Domain.Problems;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Description;

/// <summary>Describes with which problems an operation refuses: those that it declares, and those that follow from what it takes.</summary>
/// <param name="document">Receives what operations share.</param>
/// <param name="schemas">Writes the schema of a problem.</param>
/// <param name="problems">Says what leads to each code.</param>
internal sealed class Refusals(OpenApiDocument document, SchemaWriter schemas, ProblemCatalog problems)
{
    private const string Any = "default";
    private const string AnyDescription = "Any other refusal, be it of the HTTP server itself (408, 414, 431) or a fault of ours (500), in the same form.";

    private static readonly string[] JsonCodes =
    [
        "json_malformed", "json_not_unicode", "json_too_deep", "field_unknown", "field_duplicate", "field_missing", "field_type", "content_encoding_unsupported",
    ];

    // The same for every operation that asks who is there.
    private static readonly (ProblemKind Kind, string Component, string[] Codes)[] OfCallers =
    [
        (ProblemKind.Unauthenticated, "Unauthenticated", ["credentials_missing", "credentials_invalid", "credentials_expired"]),
        (ProblemKind.Forbidden, "Forbidden", ["scope_missing", "origin_forbidden"]),
        (ProblemKind.Throttled, "Throttled", ["rate_limited", "attempts_limited"]),
        (ProblemKind.Unavailable, "Unavailable", ["storage_unavailable", "write_contention"]),
    ];

    /// <summary>Adds the refusals of a function to its responses.</summary>
    public void AddTo(OpenApiResponses responses, MethodInfo function, OperationAttribute operation)
    {
        SortedDictionary<int, SortedSet<string>> own = Own(function);
        foreach ((ProblemKind kind, string component, string[] codes) in operation.Scope == Scopes.None ? [] : OfCallers)
        {
            int status = ProblemResponse.Describe(kind).Status;
            if (own.TryGetValue(status, out SortedSet<string>? more))
            {
                more.UnionWith(codes);
                continue;
            }

            document.Components!.Responses!.TryAdd(component, Response(kind, codes));
            responses[Text(status)] = new OpenApiResponseReference(component, document);
        }

        foreach ((int status, SortedSet<string> codes) in own)
        {
            responses[Text(status)] = Response(KindOf(status), codes);
        }

        document.Components!.Responses!.TryAdd("Refused", new OpenApiResponse { Description = AnyDescription, Headers = CommonParts.Headers(document, [CommonParts.Correlation]), Content = Content(new OpenApiSchemaReference(Problem(), document)) });
        responses[Any] = new OpenApiResponseReference("Refused", document);
    }

    private SortedDictionary<int, SortedSet<string>> Own(MethodInfo function)
    {
        SortedDictionary<int, SortedSet<string>> codes = [];
        foreach (RefusesAttribute refuses in function.GetCustomAttributes<RefusesAttribute>())
        {
            Add(refuses.Kind, [.. refuses.Codes]);
        }

        foreach (string code in function.GetCustomAttribute<RefusesDataAttribute>()?.Codes.SelectMany(problems.Expand) ?? [])
        {
            Add(ProblemMapping.KindOf(code), code);
        }

        if (function.GetCustomAttributes<BodyAttribute>().FirstOrDefault() is { MediaType: "application/json" } body)
        {
            Add(ProblemKind.Malformed, JsonCodes);
            Add(ProblemKind.Malformed, body.IsOptional ? [] : ["json_empty"]);
            Add(ProblemKind.TooLarge, "json_too_large");
        }

        if (function.GetCustomAttribute<OperationAttribute>()!.Scope != Scopes.None)
        {
            Add(ProblemKind.Malformed, "credentials_repeated");
        }

        if (function.GetParameters().Any(parameter => parameter.GetCustomAttribute<PathAttribute>() is { IsName: true }))
        {
            Add(ProblemKind.Malformed, "name_invalid");
        }

        if (function.IsDefined(typeof(PagedAttribute)))
        {
            Add(ProblemKind.Malformed, "limit_out_of_range", "continuation_invalid", "parameter_invalid", "parameter_repeated");
        }

        foreach (QueryAttribute query in function.GetCustomAttributes<QueryAttribute>())
        {
            Add(ProblemKind.Malformed, query.Type == typeof(string) ? ["parameter_repeated"] : ["parameter_repeated", "parameter_invalid"]);
        }

        if (function.IsDefined(typeof(IdempotentAttribute)))
        {
            Add(ProblemKind.Malformed, "idempotency_key_invalid");
            Add(ProblemKind.Unprocessable, "idempotency_key_reused");
        }

        if (function.IsDefined(typeof(RoutedAttribute)))
        {
            Add(ProblemKind.Malformed, "traffic_header_invalid", "name_invalid");
            Add(ProblemKind.NotFound, "model_deleted", "model_version_not_found", "model_version_deleted");
            Add(ProblemKind.Conflict, "model_file_elsewhere");
        }

        return codes;

        void Add(ProblemKind kind, params string[] more)
        {
            int status = ProblemResponse.Describe(kind).Status;
            codes.TryAdd(status, new SortedSet<string>(StringComparer.Ordinal));
            codes[status].UnionWith(more);
        }
    }

    private OpenApiResponse Response(ProblemKind kind, IReadOnlyCollection<string> codes)
    {
        (_, string title) = ProblemResponse.Describe(kind);
        IEnumerable<string> lines = codes.Select(code => $"- `{code}`: {problems.CauseOf(code)}");
        OpenApiSchema code = new() { Type = JsonSchemaType.String, Enum = [.. codes.Select(each => JsonValue.Create(each))] };
        return new OpenApiResponse
        {
            Description = $"{title}:\n\n{string.Join('\n', lines)}",
            Headers = CommonParts.Headers(document, HeadersOf(kind)),
            Content = Content(new OpenApiSchema
            {
                AllOf =
                [
                    new OpenApiSchemaReference(Problem(), document),
                    new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["code"] = code } },
                ],
            }),
        };
    }

    // A request that was counted before it was refused says so too; whether it was depends on what is wrong with it.
    private static string[] HeadersOf(ProblemKind kind) => kind switch
    {
        ProblemKind.Throttled or ProblemKind.Unavailable => [CommonParts.Correlation, CommonParts.RetryAfter],
        ProblemKind.Unauthenticated => [CommonParts.Correlation, CommonParts.Authenticate],
        _ => [CommonParts.Correlation],
    };

    private string Problem()
    {
        schemas.OfAnswer(ProblemJson.Default.ProblemDocument);
        return SchemaWriter.NameOf(typeof(ProblemDocument));
    }

    private static ProblemKind KindOf(int status) => Enum.GetValues<ProblemKind>().First(kind => ProblemResponse.Describe(kind).Status == status);

    private static Dictionary<string, IOpenApiMediaType> Content(IOpenApiSchema schema) =>
        new(StringComparer.Ordinal) { [ProblemResponse.ContentType] = new OpenApiMediaType { Schema = schema } };

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
