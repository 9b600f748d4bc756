using System.Collections;
using Trainyard.Domain.Redaction;

namespace Trainyard.Functions.Telemetry;

/// <summary>A log line and its fields, cleaned.</summary>
/// <param name="fields">As they were logged. What is no text and no number is cleaned as the text that it would be written as.</param>
/// <param name="line">As it was logged.</param>
internal sealed class RedactedState(IReadOnlyList<KeyValuePair<string, object?>> fields, string line) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] clean = [.. fields.Select(Clean)];
    private readonly string line = Redactor.Clean(line);

    /// <inheritdoc />
    public int Count => clean.Length;

    /// <inheritdoc />
    public KeyValuePair<string, object?> this[int index] => clean[index];

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)clean).GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc />
    public override string ToString() => line;

    private static KeyValuePair<string, object?> Clean(KeyValuePair<string, object?> field) => new(field.Key, field.Value switch
    {
        null => null,
        _ when Redactor.IsSecret(field.Key) => Redactor.Mark,
        ValueType => field.Value,
        string text => Redactor.Clean(text),
        { } other => Redactor.Clean(other.ToString() ?? ""),
    });
}
