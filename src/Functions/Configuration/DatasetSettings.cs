using Microsoft.Extensions.Configuration;
using Trainyard.Domain.Datasets;
using Trainyard.Learning.Data;

namespace Trainyard.Functions.Configuration;

/// <summary>Reads <c>Trainyard:Datasets</c>.</summary>
internal static class DatasetSettings
{
    private const string Section = "Trainyard:Datasets:";
    private const long Kibibyte = 1024;
    private const long Tebibyte = 1024L * 1024 * 1024 * 1024;

    public static DatasetOptions Read(IConfiguration configuration)
    {
        long bytes = Settings.Integer(configuration, Section + nameof(DatasetOptions.MaxUploadBytes), DatasetOptions.DefaultMaxUploadBytes, Kibibyte, Tebibyte);
        int columns = (int)Settings.Integer(configuration, Section + nameof(ReadLimits.MaxColumns), ReadLimits.DefaultMaxColumns, 1, 1_000_000);
        int rows = (int)Settings.Integer(configuration, Section + nameof(ReadLimits.MaxRows), ReadLimits.DefaultMaxRows, 1, int.MaxValue);
        long cached = Settings.Integer(configuration, Section + nameof(DatasetOptions.MaxCachedTableBytes), DatasetOptions.DefaultMaxCachedTableBytes, 0, Tebibyte);
        string? containers = Settings.Text(configuration, Section + nameof(DatasetOptions.ImportContainers));
        DatasetOptions defaults = new();
        return defaults with
        {
            MaxUploadBytes = bytes,
            MaxCachedTableBytes = cached,
            Limits = ReadLimits.Default with { MaxTotalBytes = bytes, MaxColumns = columns, MaxRows = rows },
            ImportContainers = containers?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? defaults.ImportContainers,
        };
    }
}
