using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners.Linear;

namespace Trainyard.Learning.Learners.Ensembles;

/// <summary>A linear model whose features are the members' predictions: numbers, probabilities, of two classes only the second's.</summary>
/// <remarks>The first of two probabilities says nothing that the second does not. Source: Wolpert, Stacked generalization, Neural Networks 5, 1992.</remarks>
internal sealed class StackedOutputs(LinearModel final, int memberCount) : Combination
{
    public override string Name => EnsembleNames.Stacking;

    public override int MemberCount => memberCount;

    /// <summary>The model over predictions.</summary>
    public LinearModel Final => final;

    /// <summary>Features that a member of so many outputs makes.</summary>
    public static int FeaturesPerMember(int outputCount) => outputCount == 2 ? 1 : outputCount;

    /// <summary>Where in a member's outputs its features begin.</summary>
    public static int FirstOutput(int outputCount) => outputCount == 2 ? 1 : 0;

    public override void Combine(ReadOnlySpan<double> outputs, Span<double> output)
    {
        if (output.Length != 2)
        {
            final.Predict(outputs, output);
            return;
        }

        Span<double> seconds = stackalloc double[EnsembleModel.MaximumMembers];
        for (int member = 0; member < memberCount; member++)
        {
            seconds[member] = outputs[(member * 2) + 1];
        }

        final.Predict(seconds[..memberCount], output);
    }

    public override bool Fits(int outputCount) =>
        final.OutputCount == outputCount && final.FeatureCount == (long)memberCount * FeaturesPerMember(outputCount);

    public override void Write(SectionWriter writer)
    {
        writer.WriteString(final.Learner);
        final.Write(writer);
    }

    public static StackedOutputs Read(SectionReader reader, int memberCount)
    {
        string learner = reader.ReadString();
        return learner is LogisticRegressionLearner.LearnerName or ElasticNetLearner.RidgeName
            ? new StackedOutputs(LinearModel.Read(learner, reader), memberCount)
            : throw reader.Invalid("the model over predictions must be a logistic or a ridge regression");
    }
}
