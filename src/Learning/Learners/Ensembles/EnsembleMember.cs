namespace Trainyard.Learning.Learners.Ensembles;

/// <summary>One model of an ensemble.</summary>
/// <param name="Model">The model.</param>
/// <param name="FirstFeature">Where in the ensemble's row its own features begin; they follow one another.</param>
internal sealed record EnsembleMember(IModel Model, int FirstFeature);
