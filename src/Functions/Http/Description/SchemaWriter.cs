using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;

namespace Trainyard.Functions.Http.Description;

/// <summary>Writes JSON schemas of records as their JSON contexts read and write them; each record becomes a component. Not thread safe.</summary>
/// <param name="document">Receives the components.</param>
/// <param name="docs">Says what members mean.</param>
internal sealed class SchemaWriter(OpenApiDocument document, XmlDocs docs)
{
    private static readonly string[] NamedNumbers = ["NaN", "Infinity", "-Infinity"];

    /// <summary>The schema of a body that is read: no other members than the record's.</summary>
    public IOpenApiSchema OfRequest(JsonTypeInfo type) => Of(type, isRequest: true);

    /// <summary>The schema of an answer: every member is there, unless it is left out when null.</summary>
    public IOpenApiSchema OfAnswer(JsonTypeInfo type) => Of(type, isRequest: false);

    /// <summary>What a component of a record is called.</summary>
    public static string NameOf(Type type) => type.IsGenericType
        ? string.Concat(type.GetGenericArguments().Select(NameOf)) + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]
        : type.Name;

    private IOpenApiSchema Of(JsonTypeInfo type, bool isRequest) => type.Kind switch
    {
        JsonTypeInfoKind.Object => Component(type, isRequest),
        JsonTypeInfoKind.Enumerable => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(type.Options.GetTypeInfo(type.ElementType!), isRequest) },
        JsonTypeInfoKind.Dictionary => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Of(type.Options.GetTypeInfo(type.ElementType!), isRequest) },
        _ => Scalar(type),
    };

    private OpenApiSchemaReference Component(JsonTypeInfo type, bool isRequest)
    {
        string name = NameOf(type.Type);
        if (document.Components!.Schemas!.TryAdd(name, new OpenApiSchema()))
        {
            document.Components.Schemas![name] = Record(type, isRequest);
        }

        return new OpenApiSchemaReference(name, document);
    }

    private OpenApiSchema Record(JsonTypeInfo type, bool isRequest)
    {
        OpenApiSchema schema = new()
        {
            Type = JsonSchemaType.Object,
            Description = docs.Of(type.Type),
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal),
            Required = new SortedSet<string>(StringComparer.Ordinal),
            AdditionalPropertiesAllowed = !isRequest,
        };
        foreach (JsonPropertyInfo member in type.Properties.Where(member => member.Get is not null))
        {
            PropertyInfo property = PropertyOf(type, member);
            schema.Properties[member.Name] = Member(type, member, property, isRequest);
            if (isRequest ? IsNeeded(type, member, property) : !IsLeftOut(property))
            {
                schema.Required.Add(member.Name);
            }
        }

        return schema;
    }

    private IOpenApiSchema Member(JsonTypeInfo owner, JsonPropertyInfo member, PropertyInfo property, bool isRequest)
    {
        IOpenApiSchema schema = Of(owner.Options.GetTypeInfo(member.PropertyType), isRequest);
        SchemaRules.Apply(schema, property);
        if (schema is OpenApiSchema { Items: { } items } list && HasNullableItems(property))
        {
            list.Items = OrNull(items);
        }

        bool isNullable = Nullable.GetUnderlyingType(member.PropertyType) is not null
            || (!member.PropertyType.IsValueType && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable);
        if (isNullable && !SchemaRules.IsRequired(property) && !IsLeftOut(property))
        {
            schema = OrNull(schema);
        }

        // Beside a reference a description is one of the member, not of the component.
        schema.Description = docs.Of(property) ?? (schema is OpenApiSchema ? schema.Description : null);
        return schema;
    }

    private static bool HasNullableItems(PropertyInfo property) =>
        new NullabilityInfoContext().Create(property).GenericTypeArguments is [{ ReadState: NullabilityState.Nullable }];

    // Left out where it would be null, so never null where it is.
    private static bool IsLeftOut(PropertyInfo property) => property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.WhenWritingNull };

    private static bool IsNeeded(JsonTypeInfo type, JsonPropertyInfo member, PropertyInfo property) =>
        member.IsRequired
        || SchemaRules.IsRequired(property)
        || (type.Options.RespectRequiredConstructorParameters && member.AssociatedParameter is { HasDefaultValue: false });

    private static PropertyInfo PropertyOf(JsonTypeInfo type, JsonPropertyInfo member) =>
        member.AttributeProvider as PropertyInfo ?? throw new InvalidOperationException($"{type.Type.Name} writes '{member.Name}', which is no property.");

    private static OpenApiSchema OrNull(IOpenApiSchema schema)
    {
        if (schema is OpenApiSchema { Type: { } type, Enum: null } plain)
        {
            plain.Type = type | JsonSchemaType.Null;
            return plain;
        }

        // Anything at all may be null already.
        return schema is OpenApiSchema { Type: null, AnyOf: null, Enum: null } open
            ? open
            : new OpenApiSchema { AnyOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Null }] };
    }

    private static OpenApiSchema Scalar(JsonTypeInfo info)
    {
        Type type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (type.IsEnum)
        {
            JsonTypeInfo plain = info.Options.GetTypeInfo(type);
            return new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, plain)!)] };
        }

        return type switch
        {
            _ when type == typeof(bool) => new OpenApiSchema { Type = JsonSchemaType.Boolean },
            _ when type == typeof(int) => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
            _ when type == typeof(long) => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
            _ when type == typeof(double) => Number(info.Options.NumberHandling),
            _ when type == typeof(DateTimeOffset) || type == typeof(DateTime) => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
            _ when type == typeof(JsonElement) || type == typeof(JsonNode) || type == typeof(object) => new OpenApiSchema(),
            _ when type == typeof(JsonObject) => new OpenApiSchema { Type = JsonSchemaType.Object },
            _ => new OpenApiSchema { Type = JsonSchemaType.String },
        };
    }

    // Where numbers that JSON lacks are written as texts, the schema says which.
    private static OpenApiSchema Number(JsonNumberHandling handling)
    {
        OpenApiSchema number = new() { Type = JsonSchemaType.Number, Format = "double" };
        return handling.HasFlag(JsonNumberHandling.AllowNamedFloatingPointLiterals)
            ? new OpenApiSchema { AnyOf = [number, new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. NamedNumbers.Select(name => JsonValue.Create(name))] }] }
            : number;
    }
}
