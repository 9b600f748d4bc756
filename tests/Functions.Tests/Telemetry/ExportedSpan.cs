namespace Trainyard.Functions.Tests.Telemetry;

/// <summary>A span as a collector gets it. Field numbers are those of opentelemetry/proto/trace/v1/trace.proto.</summary>
internal sealed record ExportedSpan(string TraceId, string SpanId, string ParentId, string Name, int Kind, IReadOnlyDictionary<string, string> Tags, bool IsError)
{
    // Of SpanKind and StatusCode.
    public const int Server = 2;
    public const int Producer = 4;
    public const int Consumer = 5;
    private const ulong Error = 2;

    public static IEnumerable<ExportedSpan> ReadAll(byte[] request) => new ProtobufMessage(request).Path(1, 2, 2).Select(static span => new ExportedSpan(
        Convert.ToHexStringLower(span.Bytes(1)),
        Convert.ToHexStringLower(span.Bytes(2)),
        Convert.ToHexStringLower(span.Bytes(4)),
        span.Text(5),
        (int)span.Number(6),
        span.Messages(9).ToDictionary(static tag => tag.Text(1), static tag => tag.Path(2).Single().Text(1), StringComparer.Ordinal),
        span.Path(15).Any(static status => status.Number(3) == Error)));
}
