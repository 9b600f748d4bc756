using Microsoft.Extensions.Configuration;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Configuration;

/// <summary>Reads <c>Trainyard:Logs</c>.</summary>
public static class LogSettings
{
    private const string Json = "Trainyard:Logs:Json";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">A setting cannot be meant; the message names it.</exception>
    public static LogOptions Read(IConfiguration configuration) => new(Settings.Flag(configuration, Json, absent: false));
}
