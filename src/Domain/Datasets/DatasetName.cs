namespace Trainyard.Domain.Datasets;

/// <summary>An entry of the list of datasets.</summary>
/// <param name="Name">The dataset.</param>
internal sealed record DatasetName(string Name);
