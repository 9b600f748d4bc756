using Microsoft.Extensions.Configuration;
using Trainyard.Domain.Serving;

namespace Trainyard.Functions.Configuration;

/// <summary>Reads <c>Trainyard:Serving</c>.</summary>
internal static class ServingSettings
{
    private const string Section = "Trainyard:Serving:";
    private const long Kibibyte = 1024;
    private const long Gibibyte = 1024L * 1024 * 1024;
    private const int MostModels = 100_000;
    private static readonly TimeSpan MaxFreshness = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaxIdleTime = TimeSpan.FromDays(365);

    public static ServingOptions Read(IConfiguration configuration) => new()
    {
        MaxRows = (int)Integer(configuration, nameof(ServingOptions.MaxRows), ServingOptions.DefaultMaxRows, 1, 1_000_000),
        MaxExplainedRows = (int)Integer(configuration, nameof(ServingOptions.MaxExplainedRows), ServingOptions.DefaultMaxExplainedRows, 1, 100_000),
        MaxBodyBytes = (int)Integer(configuration, nameof(ServingOptions.MaxBodyBytes), ServingOptions.DefaultMaxBodyBytes, Kibibyte, Gibibyte),
        MaxModels = (int)Integer(configuration, nameof(ServingOptions.MaxModels), Settings.Integer(configuration, "MAX_MODELS_IN_MEMORY", ServingOptions.DefaultMaxModels, 1, MostModels), 1, MostModels),
        MaxModelBytes = Integer(configuration, nameof(ServingOptions.MaxModelBytes), ServingOptions.DefaultMaxModelBytes, Kibibyte, 1024 * Gibibyte),
        IdleTime = Settings.Duration(configuration, Section + nameof(ServingOptions.IdleTime), IdleSeconds(configuration), TimeSpan.Zero, MaxIdleTime),
        WarmUp = Settings.Flag(configuration, Section + nameof(ServingOptions.WarmUp), Settings.Flag(configuration, "WARMUP_ON_LOAD", absent: true)),
        Preload = Preload(configuration),
        Freshness = Settings.Duration(configuration, Section + nameof(ServingOptions.Freshness), ServingOptions.DefaultFreshness, TimeSpan.Zero, MaxFreshness),
    };

    private static TimeSpan IdleSeconds(IConfiguration configuration) => TimeSpan.FromSeconds(
        Settings.Integer(configuration, "MODEL_CACHE_TTL", (long)ServingOptions.DefaultIdleTime.TotalSeconds, 0, (long)MaxIdleTime.TotalSeconds));

    private static PreloadedModel[] Preload(IConfiguration configuration)
    {
        const string name = Section + nameof(ServingOptions.Preload);
        string names = Settings.Text(configuration, name) ?? Settings.Text(configuration, "PRELOAD_MODELS") ?? string.Empty;
        return
        [
            .. names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(text => PreloadedModel.TryParse(text, out PreloadedModel? model) ? model : throw Settings.Invalid(name, "names of models, or tenant/name, separated by commas")),
        ];
    }

    private static long Integer(IConfiguration configuration, string name, long absent, long minimum, long maximum) =>
        Settings.Integer(configuration, Section + name, absent, minimum, maximum);
}
