using Trainyard.Learning.Data;
using Trainyard.Learning.Features.Encodings;

namespace Trainyard.Learning.Features;

/// <summary>A feature plan as it is written into a manifest.</summary>
internal sealed record FeaturePlanDocument(
    string Target,
    TableSchema Inputs,
    IReadOnlyList<ColumnEncoding> Encodings,
    IReadOnlyList<DroppedColumn> Dropped);
