using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Learners;

/// <summary>A fitted model over a fixed list of features. Immutable and thread safe.</summary>
public interface IModel
{
    /// <summary>The name of the learner that made it; selects the reader when it is loaded again.</summary>
    string Learner { get; }

    /// <summary>The number of features that a row must have.</summary>
    int FeatureCount { get; }

    /// <summary>Values per row: one probability per class (they sum to 1), or 1 for a number; for tasks without labels see <see cref="LearningTask"/>.</summary>
    int OutputCount { get; }

    /// <summary>Multiplications, or steps down a tree, that one prediction takes at most, roughly: how many rows a caller may predict between two looks at a cancellation.</summary>
    long WorkPerRow => (long)FeatureCount * OutputCount;

    /// <summary>Predicts one row, without allocating; models of a <see cref="LearnerEngine"/> may allocate.</summary>
    /// <param name="row"><see cref="FeatureCount"/> values; <see cref="double.NaN"/> is missing.</param>
    /// <param name="output">Receives <see cref="OutputCount"/> values.</param>
    void Predict(ReadOnlySpan<double> row, Span<double> output);

    /// <summary>Predicts several rows, each as <see cref="Predict"/> does to the bit; models that gain by it walk them side by side.</summary>
    /// <param name="rows">Row by row, <see cref="FeatureCount"/> values each.</param>
    /// <param name="outputs">Row by row, <see cref="OutputCount"/> values each; as many rows.</param>
    void PredictRows(ReadOnlySpan<double> rows, Span<double> outputs)
    {
        for (int row = 0; row < outputs.Length / OutputCount; row++)
        {
            Predict(rows.Slice(row * FeatureCount, FeatureCount), outputs.Slice(row * OutputCount, OutputCount));
        }
    }

    /// <summary>Writes what the reader of the same learner needs to build an equal model.</summary>
    void Write(SectionWriter writer);
}
