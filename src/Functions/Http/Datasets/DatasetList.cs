namespace Trainyard.Functions.Http.Datasets;

/// <summary>A page of datasets or of their versions.</summary>
internal sealed record DatasetList(IReadOnlyList<DatasetView> Items, string? Continuation);
