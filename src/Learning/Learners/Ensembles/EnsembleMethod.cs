namespace Trainyard.Learning.Learners.Ensembles;

/// <summary>How the predictions of several models become one.</summary>
public enum EnsembleMethod
{
    /// <summary>Each model votes for its most probable class; an output is a class's share of the weighted votes. Of equal shares the first class leads.</summary>
    Voting,

    /// <summary>The weighted mean of the models' numbers, or of their probabilities (soft voting).</summary>
    Averaging,

    /// <summary>A linear model over the models' predictions, fitted on predictions of rows that the models had not seen.</summary>
    Stacking,
}
