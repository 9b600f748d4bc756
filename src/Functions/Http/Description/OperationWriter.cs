using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.OpenApi;
using Trainyard.Domain.Access;
using Trainyard.Domain.Naming;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Description;

/// <summary>Describes one HTTP function by what stands beside it: its attributes, its route and its summary.</summary>
/// <param name="document">Receives what operations share.</param>
/// <param name="schemas">Writes the schemas of bodies and answers.</param>
/// <param name="refusals">Describes the problems.</param>
/// <param name="docs">Says what functions do.</param>
internal sealed class OperationWriter(OpenApiDocument document, SchemaWriter schemas, Refusals refusals, XmlDocs docs)
{
    private const string ClassSuffix = "Functions";

    /// <summary>Describes a function.</summary>
    /// <exception cref="InvalidOperationException">Something of it is not described.</exception>
    public OpenApiOperation Describe(MethodInfo function)
    {
        OperationAttribute operation = function.GetCustomAttribute<OperationAttribute>()!;
        string description = docs.Of(function) ?? throw Lacks(function, "a summary");
        bool isPublic = operation.Scope == Scopes.None;
        OpenApiOperation described = new()
        {
            OperationId = function.GetCustomAttribute<FunctionAttribute>()!.Name,
            Summary = FirstClause(description),
            Description = isPublic ? description : $"{description}\n\nNeeds scope `{Word(operation.Scope)}`; counts as `{LimitWord(operation)}`.",
            Tags = new HashSet<OpenApiTagReference> { new(Tag(function.DeclaringType!), document) },
            Parameters = Parameters(function),
            RequestBody = Body(function),
            Security = isPublic ? [] : CommonParts.Security(document, Word(operation.Scope)),
            Responses = [],
        };
        described.Responses[Answer(function).Status.ToString(CultureInfo.InvariantCulture)] = Success(Answer(function), isPublic);
        refusals.AddTo(described.Responses, function, operation);
        return described;
    }

    private static AnswerAttribute Answer(MethodInfo function) => function.GetCustomAttribute<AnswerAttribute>() ?? throw Lacks(function, "an [Answers]");

    private static string Word(Scopes scope) => ScopeNames.Of(scope)[0];

    private static string LimitWord(OperationAttribute operation) => JsonNamingPolicy.SnakeCaseLower.ConvertName(operation.Limit.ToString());

    // The class is the tag, as its functions are about one thing.
    private string Tag(Type functions)
    {
        string name = functions.Name[..^ClassSuffix.Length];
        if (document.Tags!.All(tag => tag.Name != name))
        {
            document.Tags!.Add(new OpenApiTag { Name = name, Description = docs.Of(functions) });
        }

        return name;
    }

    private List<IOpenApiParameter> Parameters(MethodInfo function)
    {
        string[] shared =
        [
            .. function.IsDefined(typeof(PagedAttribute)) ? CommonParts.PageParameters : [],
            .. function.IsDefined(typeof(IdempotentAttribute)) ? [IdempotentRequest.Header] : Array.Empty<string>(),
            .. function.IsDefined(typeof(RoutedAttribute)) ? CommonParts.RoutedParameters : [],
            CommonParts.TraceParent,
        ];
        List<IOpenApiParameter> parameters =
        [
            .. function.GetParameters().Where(parameter => parameter.ParameterType == typeof(string)).Select(parameter => InPath(function, parameter)),
            .. function.GetCustomAttributes<QueryAttribute>().Select(InQuery),
            .. shared.Select(name => new OpenApiParameterReference(name, document)),
        ];
        return parameters;
    }

    private static OpenApiParameter InPath(MethodInfo function, ParameterInfo parameter)
    {
        PathAttribute path = parameter.GetCustomAttribute<PathAttribute>() ?? throw Lacks(function, $"a [Path] on '{parameter.Name}'");
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Path,
            Required = true,
            Description = path.Description,
            Example = JsonValue.Create(path.Example),
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = path.IsName ? ResourceName.Pattern : null },
        };
    }

    private static OpenApiParameter InQuery(QueryAttribute query)
    {
        OpenApiSchema schema = query.Type == typeof(long) ? new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" }
            : query.Type == typeof(DateTimeOffset) ? new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" }
            : new OpenApiSchema { Type = JsonSchemaType.String, Pattern = query.Pattern };
        if (query.Maximum > 0)
        {
            (schema.Minimum, schema.Maximum) = (query.Minimum.ToString(CultureInfo.InvariantCulture), query.Maximum.ToString(CultureInfo.InvariantCulture));
        }

        schema.Default = JsonSerializer.SerializeToNode(query.Default);
        return new OpenApiParameter
        {
            Name = query.Name, In = ParameterLocation.Query, Required = query.IsRequired, Description = query.Description, Schema = schema, Example = query.Example is null ? null : JsonValue.Create(query.Example),
        };
    }

    private OpenApiRequestBody? Body(MethodInfo function)
    {
        BodyAttribute[] formats = [.. function.GetCustomAttributes<BodyAttribute>()];
        return formats.Length == 0 ? null : new OpenApiRequestBody
        {
            Required = !formats[0].IsOptional,
            Content = formats.ToDictionary(format => format.MediaType, IOpenApiMediaType (format) => new OpenApiMediaType
            {
                Schema = format.Json is { } json ? schemas.OfRequest(json.Info) : new OpenApiSchema { Type = JsonSchemaType.String },
                Example = format.Json is null ? JsonValue.Create(format.Example) : JsonNode.Parse(format.Example),
            }, StringComparer.Ordinal),
        };
    }

    private OpenApiResponse Success(AnswerAttribute answer, bool isPublic)
    {
        List<string> headers = [CommonParts.Correlation, .. isPublic ? [] : CommonParts.RateHeaders];
        if (answer.HasETag)
        {
            headers.Add(CommonParts.ETag);
        }

        if (answer.HasLocation)
        {
            headers.Add(answer.Status == StatusCodes.Status202Accepted ? CommonParts.StatusLocation : CommonParts.Location);
        }

        return new OpenApiResponse
        {
            Description = answer.Status switch
            {
                StatusCodes.Status201Created => "Made.",
                StatusCodes.Status202Accepted => "Begun; `Location` says how it stands.",
                StatusCodes.Status204NoContent => "Done.",
                _ => "What was asked for.",
            },
            Headers = CommonParts.Headers(document, headers),
            Content = answer.MediaType is null ? null : new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
            {
                [answer.MediaType] = new OpenApiMediaType { Schema = answer.Json is { } json ? schemas.OfAnswer(json.Info) : Opaque(answer.MediaType) },
            },
        };
    }

    private static OpenApiSchema Opaque(string mediaType) =>
        new() { Type = mediaType == "application/json" ? JsonSchemaType.Object : JsonSchemaType.String };

    // What comes before the first colon, semicolon or full stop says what it does; the rest how.
    private static string FirstClause(string description)
    {
        int end = description.IndexOfAny([':', ';', '.']);
        return end < 0 ? description : description[..end];
    }

    private static InvalidOperationException Lacks(MethodInfo function, string what) =>
        new($"{function.DeclaringType!.Name}.{function.Name} lacks {what}, so callers cannot be told of it.");
}
