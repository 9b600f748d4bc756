namespace Trainyard.Learning.Learners.Networks;

/// <summary>A learner whose models are networks, so that their training can be put down and taken up again.</summary>
public interface INetworkLearner : ILearner
{
    /// <summary>The network for a set.</summary>
    internal NetworkShape Shape(TrainingSet set, LearnerSettings settings);

    /// <summary>What to take off, and to divide by.</summary>
    internal NetworkScale Scale(TrainingSet set, CancellationToken cancellationToken);
}
