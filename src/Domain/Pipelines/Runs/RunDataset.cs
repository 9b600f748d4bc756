using System.Text.Json.Serialization;

namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>The very data that a run was made from.</summary>
/// <param name="Name">The dataset's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha256">Hash of its bytes, lower-case hexadecimal.</param>
public sealed record RunDataset(string Name, int Version, string Sha256)
{
    /// <summary>Its address.</summary>
    [JsonIgnore]
    public string Uri => $"dataset://{Name}/{Version}";
}
