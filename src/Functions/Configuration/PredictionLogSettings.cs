using Microsoft.Extensions.Configuration;
using Trainyard.Domain.PredictionLogs;

namespace Trainyard.Functions.Configuration;

/// <summary>Reads the settings of the prediction log.</summary>
internal static class PredictionLogSettings
{
    private const int MaxDays = 3650;

    public static PredictionLogOptions Read(IConfiguration configuration) => new()
    {
        Retention = TimeSpan.FromDays(Settings.Integer(
            configuration, "PREDICTION_LOG_RETENTION_DAYS", (long)PredictionLogOptions.DefaultRetention.TotalDays, 1, MaxDays)),
    };
}
