using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Ensembles;

/// <summary>One model that an ensemble is to have.</summary>
/// <param name="Learner">By what it is fitted; supervised.</param>
public sealed record MemberFit(ILearner Learner)
{
    /// <summary>Hyper-parameters; all defaults unless set.</summary>
    public LearnerSettings Settings { get; init; } = LearnerSettings.Defaults;

    /// <summary>How much its vote or prediction counts, at least 0; stacking finds its own weights and does not read it.</summary>
    public double Weight { get; init; } = 1;
}
