using System.Text.Json.Nodes;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Text;

/// <summary>The part of a text classifier's file that a person can read.</summary>
/// <param name="Lineage">Where the model comes from, with its method.</param>
/// <param name="Target">The target encoding.</param>
/// <param name="TextColumn">The column that texts are read from.</param>
internal sealed record TextManifest(ModelLineage Lineage, JsonObject Target, string TextColumn);
