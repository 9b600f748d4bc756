namespace Trainyard.Functions.Telemetry;

/// <summary>Where telemetry goes, by the settings that OpenTelemetry's specification names. Knows none of its types, which cost a start.</summary>
/// <param name="Endpoint">The collector.</param>
/// <param name="IsGrpc">Whether it is spoken to by gRPC; else by protobuf over HTTP.</param>
/// <param name="Headers">Sent along, as <c>name=value</c> separated by commas; secret.</param>
/// <param name="ServiceName">What this installation is called there.</param>
internal sealed record OtlpOptions(Uri Endpoint, bool IsGrpc, string? Headers, string ServiceName)
{
    /// <summary>The name where the settings say none.</summary>
    public const string DefaultServiceName = "trainyard";

    /// <summary>The address for one signal: over HTTP each has its path.</summary>
    public Uri For(string signal) => IsGrpc ? Endpoint : new Uri($"{Endpoint.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
}
