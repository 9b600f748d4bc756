using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Selection;

/// <summary>A learner with settings that <c>auto</c> tries. Plain data: it travels between machines as it is.</summary>
/// <param name="Name">Unique in its list, for example <c>gradient_boosting_slow</c>.</param>
/// <param name="Learner">The learner's name in <see cref="LearnerCatalog"/>.</param>
/// <param name="Settings">Hyper-parameters; those that are absent take their default.</param>
public sealed record Candidate(string Name, string Learner, IReadOnlyDictionary<string, double> Settings)
{
    /// <summary>The settings as a learner takes them.</summary>
    public LearnerSettings ToSettings() => new(Settings);
}
