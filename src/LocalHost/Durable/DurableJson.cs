using System.Text.Json;
using Microsoft.DurableTask;

namespace Trainyard.LocalHost.Durable;

/// <summary>Payloads as JSON by System.Text.Json, names as they are written in C#, fields included: as Durable Task does.</summary>
internal sealed class DurableJson : DataConverter
{
    private static readonly JsonSerializerOptions Options = new() { IncludeFields = true };

    /// <summary>The one converter of the engine, its clients and its host.</summary>
    public static DurableJson Converter { get; } = new();

    /// <inheritdoc />
    public override string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), Options);

    /// <inheritdoc />
    public override object? Deserialize(string? data, Type targetType) => data is null ? null : JsonSerializer.Deserialize(data, targetType, Options);
}
