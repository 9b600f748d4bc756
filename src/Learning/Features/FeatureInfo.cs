namespace Trainyard.Learning.Features;

/// <summary>One input of a model, as the feature plan produces it.</summary>
/// <param name="Name">Unique name, for example <c>colour=red</c> for a one-hot column.</param>
/// <param name="Source">The data column that it is made from.</param>
/// <param name="Kind">How its numbers are to be read.</param>
/// <param name="Cardinality">The number of categories; 0 for numbers.</param>
public sealed record FeatureInfo(string Name, string Source, FeatureKind Kind, int Cardinality = 0);
