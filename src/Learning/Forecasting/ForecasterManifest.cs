using Trainyard.Learning.Models;

namespace Trainyard.Learning.Forecasting;

/// <summary>The part of a forecaster's file that a person can read.</summary>
/// <param name="Lineage">Where the model comes from, with its method.</param>
/// <param name="Axis">The times of its series.</param>
/// <param name="Length">The values of its series.</param>
internal sealed record ForecasterManifest(ModelLineage Lineage, TimeAxisDocument Axis, int Length);
