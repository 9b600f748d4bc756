using Microsoft.Extensions.Configuration;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Configuration;

/// <summary>Reads OpenTelemetry's own settings.</summary>
internal static class TelemetrySettings
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string Headers = "OTEL_EXPORTER_OTLP_HEADERS";
    private const string ServiceName = "OTEL_SERVICE_NAME";

    /// <summary>Where telemetry goes; null for nowhere.</summary>
    /// <exception cref="InvalidOperationException">A setting cannot be meant; the message names it.</exception>
    public static OtlpOptions? Read(IConfiguration configuration)
    {
        string? protocol = Settings.Text(configuration, Protocol);
        string? headers = Settings.Text(configuration, Headers);
        string name = Settings.Text(configuration, ServiceName) ?? OtlpOptions.DefaultServiceName;
        if (Settings.Text(configuration, Endpoint) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? endpoint) || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps))
        {
            throw new InvalidOperationException($"Setting '{Endpoint}' must be the address of a collector, such as http://localhost:4317.");
        }

        return new OtlpOptions(endpoint, IsGrpc(protocol), headers, name);
    }

    // gRPC is what OpenTelemetry's exporters speak by default, too.
    private static bool IsGrpc(string? protocol) => protocol switch
    {
        null or "grpc" => true,
        "http/protobuf" => false,
        _ => throw new InvalidOperationException($"Setting '{Protocol}' must be grpc or http/protobuf."),
    };
}
