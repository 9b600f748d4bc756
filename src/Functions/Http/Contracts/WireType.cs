using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Trainyard.Functions.Http.Contracts;

/// <summary>A type together with the JSON context that reads or writes it.</summary>
/// <param name="Context">A source-generated <see cref="JsonSerializerContext"/>.</param>
/// <param name="Type">The type.</param>
public sealed record WireType(Type Context, Type Type)
{
    /// <summary>How the context sees the type.</summary>
    /// <exception cref="InvalidOperationException">The context does not know it.</exception>
    public JsonTypeInfo Info => Default.GetTypeInfo(Type) ?? throw new InvalidOperationException($"{Context.Name} does not know {Type.Name}.");

    private JsonSerializerContext Default => (JsonSerializerContext)Context.GetProperty("Default", BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;
}
