using Microsoft.Extensions.Configuration;
using Trainyard.Domain.Serving;

namespace Trainyard.Functions.Configuration;

/// <summary>Reads <c>Trainyard:Serving</c>.</summary>
internal static class ServingSettings
{
    private const string Section = "Trainyard:Serving:";
    private const long Kibibyte = 1024;
    private const long Gibibyte = 1024L * 1024 * 1024;
    private static readonly TimeSpan MaxFreshness = TimeSpan.FromHours(1);

    public static ServingOptions Read(IConfiguration configuration) => new()
    {
        MaxRows = (int)Integer(configuration, nameof(ServingOptions.MaxRows), ServingOptions.DefaultMaxRows, 1, 1_000_000),
        MaxExplainedRows = (int)Integer(configuration, nameof(ServingOptions.MaxExplainedRows), ServingOptions.DefaultMaxExplainedRows, 1, 100_000),
        MaxBodyBytes = (int)Integer(configuration, nameof(ServingOptions.MaxBodyBytes), ServingOptions.DefaultMaxBodyBytes, Kibibyte, Gibibyte),
        MaxModels = (int)Integer(configuration, nameof(ServingOptions.MaxModels), ServingOptions.DefaultMaxModels, 1, 100_000),
        MaxModelBytes = Integer(configuration, nameof(ServingOptions.MaxModelBytes), ServingOptions.DefaultMaxModelBytes, Kibibyte, 1024 * Gibibyte),
        Freshness = Settings.Duration(configuration, Section + nameof(ServingOptions.Freshness), ServingOptions.DefaultFreshness, TimeSpan.Zero, MaxFreshness),
    };

    private static long Integer(IConfiguration configuration, string name, long absent, long minimum, long maximum) =>
        Settings.Integer(configuration, Section + name, absent, minimum, maximum);
}
