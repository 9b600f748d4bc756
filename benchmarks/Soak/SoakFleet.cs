using System.Collections.Concurrent;

namespace Trainyard.Benchmarks.Soak;

/// <summary>Which kind of file each version of each model is. Thread safe.</summary>
internal sealed class SoakFleet
{
    /// <summary>Three times what the cache holds, so that models come and go.</summary>
    public const int Models = 24;

    private readonly ConcurrentDictionary<(string Model, string Version), int> kinds = new();

    public static string Name(int model) => $"model-{model}";

    /// <summary>Notes a version before it is deployed.</summary>
    public void Add(string model, string version, int kind) => kinds[(model, version)] = kind;

    /// <summary>The kind of a version; null for one that nobody made.</summary>
    public int? KindOf(string model, string version) => kinds.TryGetValue((model, version), out int kind) ? kind : null;
}
