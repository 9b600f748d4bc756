using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Trainyard.Domain.Json;

namespace Trainyard.Functions.Http.Description;

/// <summary>Turns the annotations of a member into the keywords of its schema. What they say, the readers enforce; a test breaks each and sees the refusal.</summary>
internal static class SchemaRules
{
    /// <summary>Whether the member must be there and not null.</summary>
    public static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(RequiredAttribute));

    /// <summary>Applies the annotations of a property.</summary>
    /// <exception cref="InvalidOperationException">There is one that has no keyword, or the member is a component, which is not its alone.</exception>
    public static void Apply(IOpenApiSchema schema, PropertyInfo property)
    {
        foreach (ValidationAttribute rule in property.GetCustomAttributes<ValidationAttribute>().Where(rule => rule is not RequiredAttribute))
        {
            Apply(schema as OpenApiSchema ?? throw Unfit(property, rule), property, rule);
        }
    }

    private static void Apply(OpenApiSchema schema, PropertyInfo property, ValidationAttribute rule)
    {
        switch (rule)
        {
            case OneOfAttribute oneOf when schema.Type == JsonSchemaType.Array:
                schema.Items = new OpenApiSchema { Type = JsonSchemaType.String, Enum = Words(oneOf) };
                break;
            case OneOfAttribute oneOf:
                schema.Enum = Words(oneOf);
                break;
            case StringLengthAttribute length:
                (schema.MinLength, schema.MaxLength) = (length.MinimumLength, length.MaximumLength);
                break;
            case RegularExpressionAttribute expression:
                schema.Pattern = expression.Pattern;
                break;
            case LengthAttribute length when schema.Type == JsonSchemaType.Array:
                (schema.MinItems, schema.MaxItems) = (length.MinimumLength, length.MaximumLength);
                break;
            case MaxLengthAttribute length when schema.Type == JsonSchemaType.Object:
                schema.MaxProperties = length.Length;
                break;
            case RangeAttribute range when schema.Type == JsonSchemaType.Object:
                SetRange((OpenApiSchema)schema.AdditionalProperties!, range);
                break;
            case RangeAttribute range:
                SetRange(schema, range);
                break;
            default:
                throw Unfit(property, rule);
        }
    }

    private static void SetRange(OpenApiSchema schema, RangeAttribute range) =>
        (schema.Minimum, schema.Maximum) = (Convert.ToString(range.Minimum, CultureInfo.InvariantCulture), Convert.ToString(range.Maximum, CultureInfo.InvariantCulture));

    private static List<JsonNode> Words(OneOfAttribute oneOf) => [.. oneOf.Words.Select(word => JsonValue.Create(word))];

    private static InvalidOperationException Unfit(PropertyInfo property, ValidationAttribute rule) =>
        new($"{property.DeclaringType!.Name}.{property.Name} has a {rule.GetType().Name}, which its schema cannot say.");
}
