using Trainyard.Learning;
using Trainyard.Learning.Binary;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;

namespace Trainyard.Domain.Tests.Registry;

/// <summary>A learner as an engine brings it: it gives every class the same probability.</summary>
internal sealed class GuestLearner(string name) : ILearner
{
    public string Name => name;

    public IReadOnlyList<LearningTask> Tasks { get; } = [LearningTask.Classification];

    public FeatureNeeds Needs => FeatureNeeds.Native;

    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [];

    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken) =>
        new Even(name, set.Features.FeatureCount, set.ClassCount);

    public static IModel Read(string learner, SectionReader reader) => new Even(learner, reader.ReadInt32(), reader.ReadInt32());

    private sealed class Even(string learner, int features, int classes) : IModel
    {
        public string Learner => learner;

        public int FeatureCount => features;

        public int OutputCount => classes;

        public void Predict(ReadOnlySpan<double> row, Span<double> output) => output[..classes].Fill(1.0 / classes);

        public void Write(SectionWriter writer)
        {
            writer.WriteInt32(features);
            writer.WriteInt32(classes);
        }
    }
}
