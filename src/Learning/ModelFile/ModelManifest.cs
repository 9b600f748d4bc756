using System.Text.Json.Nodes;
using Trainyard.Learning.Models;
using Trainyard.Learning.Sketches;

namespace Trainyard.Learning.ModelFile;

/// <summary>The part of a model file that a person can read.</summary>
/// <param name="Lineage">Where the model comes from, with its learner.</param>
/// <param name="Target">The target encoding.</param>
/// <param name="Plan">The feature plan, with the schema of the inputs.</param>
/// <param name="Reference">The distributions of the training rows; null where they were not kept, as in files of version 1.</param>
internal sealed record ModelManifest(ModelLineage Lineage, JsonObject Target, JsonObject Plan, TableSketch? Reference = null);
