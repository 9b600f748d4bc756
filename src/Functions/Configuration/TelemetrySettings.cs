using Microsoft.Extensions.Configuration;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Configuration;

/// <summary>Reads the settings that OpenTelemetry and Application Insights themselves name.</summary>
internal static class TelemetrySettings
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string Headers = "OTEL_EXPORTER_OTLP_HEADERS";
    private const string ServiceName = "OTEL_SERVICE_NAME";

    private const string Insights = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string InsightsAuthentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>The Application Insights that telemetry goes to; null for none.</summary>
    /// <exception cref="InvalidOperationException">A setting cannot be meant; the message names it.</exception>
    public static InsightsOptions? ReadInsights(IConfiguration configuration)
    {
        Dictionary<string, string> authentication = Parts(Settings.Text(configuration, InsightsAuthentication), InsightsAuthentication);
        string? kind = authentication.GetValueOrDefault("Authorization");
        if (kind is not null and not "AAD")
        {
            throw new InvalidOperationException($"Setting '{InsightsAuthentication}' must be Authorization=AAD, with ClientId=… for an identity that was assigned.");
        }

        if (Settings.Text(configuration, Insights) is not { } connectionString)
        {
            return null;
        }

        return Parts(connectionString, Insights).ContainsKey("InstrumentationKey")
            ? new InsightsOptions(connectionString, kind is not null, authentication.GetValueOrDefault("ClientId"))
            : throw new InvalidOperationException($"Setting '{Insights}' must be a connection string as the portal shows it, with an InstrumentationKey.");
    }

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

    private static Dictionary<string, string> Parts(string? text, string setting)
    {
        Dictionary<string, string> parts = new(StringComparer.OrdinalIgnoreCase);
        foreach (string part in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] pair = part.Split('=', 2);
            if (pair.Length < 2 || !parts.TryAdd(pair[0], pair[1]))
            {
                throw new InvalidOperationException($"Setting '{setting}' must be parts name=value, each once, separated by semicolons.");
            }
        }

        return parts;
    }

    // gRPC is what OpenTelemetry's exporters speak by default, too.
    private static bool IsGrpc(string? protocol) => protocol switch
    {
        null or "grpc" => true,
        "http/protobuf" => false,
        _ => throw new InvalidOperationException($"Setting '{Protocol}' must be grpc or http/protobuf."),
    };
}
