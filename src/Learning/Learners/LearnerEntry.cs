using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Learners;

/// <summary>A learner with what the catalogue and <c>auto</c> know of it.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="Read">Reads a model that <see cref="IModel.Write"/> wrote, given the learner's name; leaves the reader behind it.</param>
public sealed record LearnerEntry(ILearner Learner, Func<string, SectionReader, IModel> Read)
{
    /// <summary>The settings in which <c>auto</c> tries a learner of an engine, given task and size; none by default.</summary>
    public Func<LearningTask, DataSize, IEnumerable<UsualSettings>> Usual { get; init; } = (_, _) => [];
}
