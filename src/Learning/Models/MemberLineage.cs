namespace Trainyard.Learning.Models;

/// <summary>One model of an ensemble, as its lineage tells it. Plain data; saved in the model file.</summary>
/// <param name="Learner">The name of the learner.</param>
/// <param name="Settings">The settings that were given; others had their default.</param>
/// <param name="Weight">How much it counts; null where a model over the predictions decides.</param>
public sealed record MemberLineage(string Learner, IReadOnlyDictionary<string, double> Settings, double? Weight = null);
