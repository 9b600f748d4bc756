using Microsoft.ApplicationInsights.Channel;
using Microsoft.ApplicationInsights.DataContracts;
using Microsoft.ApplicationInsights.Extensibility;
using Trainyard.Domain.Redaction;

namespace Trainyard.Functions.Telemetry;

/// <summary>Says of everything that goes to Application Insights whose it is, and takes out what must not be there.</summary>
internal sealed class InsightsRedaction : ITelemetryInitializer
{
    /// <inheritdoc />
    public void Initialize(ITelemetry telemetry)
    {
        switch (telemetry)
        {
            case DependencyTelemetry call:
                call.Name = Redactor.Clean(call.Name ?? "");
                call.Data = Redactor.Clean(call.Data ?? "");
                break;
            case RequestTelemetry { Url: { IsAbsoluteUri: true } address } request:
                request.Url = new Uri(address.GetLeftPart(UriPartial.Authority));
                break;
            case TraceTelemetry line:
                line.Message = Redactor.Clean(line.Message ?? "");
                break;
            default:
                break;
        }

        if (telemetry is ISupportProperties { Properties: { } properties })
        {
            Describe(properties);
        }
    }

    private static void Describe(IDictionary<string, string> properties)
    {
        foreach ((string name, string value) in properties.ToArray())
        {
            if (value is not null && !ReferenceEquals(Redactor.Clean(value), value))
            {
                properties[name] = Redactor.Clean(value);
            }
        }

        if (InvocationScope.Current is { } scope)
        {
            properties.TryAdd("CorrelationId", scope.CorrelationId);
            if (scope.Tenant is { } tenant)
            {
                properties.TryAdd("Tenant", tenant);
            }
        }
    }
}
