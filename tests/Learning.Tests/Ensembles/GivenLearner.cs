using Trainyard.Learning.Binary;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Tests.Ensembles;

/// <summary>Predicts what it was given for a row, whose only feature is its number.</summary>
internal sealed class GivenLearner(double[] outputs, int width) : ILearner
{
    public string Name => "given";

    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Classification, LearningTask.Regression];

    public FeatureNeeds Needs => FeatureNeeds.Native;

    public IReadOnlyList<HyperParameter> HyperParameters => [];

    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken) => new GivenModel(outputs, width);

    private sealed class GivenModel(double[] outputs, int width) : IModel
    {
        public string Learner => "given";

        public int FeatureCount => 1;

        public int OutputCount => width;

        public void Predict(ReadOnlySpan<double> row, Span<double> output) => outputs.AsSpan((int)row[0] * width, width).CopyTo(output);

        public void Write(SectionWriter writer) => throw new NotSupportedException();
    }
}
