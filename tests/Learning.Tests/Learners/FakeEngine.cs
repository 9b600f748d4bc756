using Trainyard.Learning.Binary;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Tests.Learners;

/// <summary>An engine whose learners foretell the mean, or each class's share, whatever the row.</summary>
internal static class FakeEngine
{
    public static LearnerEngine Of(string name, params string[] learners) => new(name, [.. learners.Select(learner => Entry(learner))]);

    public static LearnerEntry Entry(string learner) => new(new MeanLearner(learner), MeanModel.Read) { Usual = (_, _) => [UsualSettings.Plain] };

    private sealed class MeanLearner(string name) : ILearner
    {
        public string Name => name;

        public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Classification, LearningTask.Regression];

        public FeatureNeeds Needs => FeatureNeeds.Native;

        public IReadOnlyList<HyperParameter> HyperParameters { get; } = [];

        public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            settings.Validate(HyperParameters);
            double[] outputs = set.Task == LearningTask.Regression
                ? [set.Labels.Average()]
                : [.. Enumerable.Range(0, set.ClassCount).Select(index => set.Labels.Count(label => label == index) / (double)set.Labels.Length)];
            return new MeanModel(name, set.Features.FeatureCount, outputs);
        }
    }

    private sealed class MeanModel(string learner, int featureCount, double[] outputs) : IModel
    {
        public string Learner => learner;

        public int FeatureCount => featureCount;

        public int OutputCount => outputs.Length;

        public void Predict(ReadOnlySpan<double> row, Span<double> output) => outputs.CopyTo(output);

        public void Write(SectionWriter writer)
        {
            writer.WriteInt32(featureCount);
            writer.WriteDoubles(outputs);
        }

        public static MeanModel Read(string learner, SectionReader reader) => new(learner, reader.ReadInt32("feature count", 0, int.MaxValue), reader.ReadDoubles());
    }
}
