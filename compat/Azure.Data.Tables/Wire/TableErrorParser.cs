using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Azure.Core;

namespace Azure.Data.Tables.Wire;

/// <summary>Reads the Table service's errors: <c>{"odata.error":{"code":…,"message":{"lang":…,"value":…}}}</c>.</summary>
internal sealed class TableErrorParser : RequestFailedDetailsParser
{
    public override bool TryParse(Response response, [NotNullWhen(true)] out ResponseError? error, [NotNullWhen(true)] out IDictionary<string, string>? data)
    {
        data = new Dictionary<string, string>(StringComparer.Ordinal);
        error = response.ContentStream is { CanSeek: true } ? Parse(response.Content.ToMemory()) : null;
        return error is not null;
    }

    internal static ResponseError? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("odata.error", out JsonElement error)
                && error.TryGetProperty("code", out JsonElement code)
                && error.TryGetProperty("message", out JsonElement message)
                ? new ResponseError(code.GetString(), message.ValueKind == JsonValueKind.Object ? message.GetProperty("value").GetString() : message.GetString())
                : null;
        }
        catch (JsonException)
        {
            // A proxy's page or nothing at all: the status says what there is to say.
            return null;
        }
    }
}
