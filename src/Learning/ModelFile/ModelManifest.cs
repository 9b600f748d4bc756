using System.Text.Json.Nodes;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.ModelFile;

/// <summary>The part of a model file that a person can read.</summary>
/// <param name="Lineage">Where the model comes from, with its learner.</param>
/// <param name="Target">The target encoding.</param>
/// <param name="Plan">The feature plan, with the schema of the inputs.</param>
internal sealed record ModelManifest(ModelLineage Lineage, JsonObject Target, JsonObject Plan);
