using Microsoft.Extensions.Configuration;
using Trainyard.Domain.Batches;

namespace Trainyard.Functions.Configuration;

/// <summary>Reads <c>Trainyard:Batches</c>.</summary>
internal static class BatchSettings
{
    private const string Section = "Trainyard:Batches:";
    private const long Kibibyte = 1024;
    private const long Gibibyte = 1024L * 1024 * 1024;
    private static readonly TimeSpan MinRetention = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaxRetention = TimeSpan.FromDays(3650);

    public static BatchOptions Read(IConfiguration configuration) => new()
    {
        MaxRows = Integer(configuration, nameof(BatchOptions.MaxRows), BatchOptions.DefaultMaxRows, 1, int.MaxValue),
        MaxBodyBytes = Integer(configuration, nameof(BatchOptions.MaxBodyBytes), BatchOptions.DefaultMaxBodyBytes, Kibibyte, Gibibyte),
        MaxActiveJobs = Integer(configuration, nameof(BatchOptions.MaxActiveJobs), BatchOptions.DefaultMaxActiveJobs, 1, 1_000),
        ChunkBytes = Integer(configuration, nameof(BatchOptions.ChunkBytes), BatchOptions.DefaultChunkBytes, Kibibyte, Gibibyte),
        MaxParallelChunks = Integer(configuration, nameof(BatchOptions.MaxParallelChunks), BatchOptions.DefaultMaxParallelChunks, 1, 100),
        MaxModels = Integer(configuration, nameof(BatchOptions.MaxModels), BatchOptions.DefaultMaxModels, 1, 1_000),
        Retention = Settings.Duration(configuration, Section + nameof(BatchOptions.Retention), BatchOptions.DefaultRetention, MinRetention, MaxRetention),
    };

    private static int Integer(IConfiguration configuration, string name, int absent, long minimum, long maximum) =>
        (int)Settings.Integer(configuration, Section + name, absent, minimum, maximum);
}
