using Microsoft.Extensions.Logging;

namespace Trainyard.Functions.Tests.Telemetry;

/// <summary>A log line with all that was written with it; its fields and those of its scopes in one.</summary>
internal sealed record KeptLine(string Category, LogLevel Level, int Id, string Message, string? Exception, IReadOnlyList<KeyValuePair<string, object?>> Fields, IReadOnlyList<string> Scopes)
{
    /// <summary>The line as it could be written with everything there is.</summary>
    public string Whole => string.Join('\n', [Category, Message, Exception ?? "", .. Fields.Select(static each => $"{each.Key}={each.Value}"), .. Scopes]);

    public string? Field(string name) => Fields.LastOrDefault(each => each.Key == name).Value?.ToString();
}
