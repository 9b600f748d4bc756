using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Fits boosted trees on a CSV file of numbers whose rows need not fit into memory as numbers.</summary>
/// <remarks>
/// The file is read twice: first for labels and a sample of rows, from which bins are chosen; then every value becomes the
/// byte of its bin. Up to <see cref="FeatureBins.QuantileRows"/> rows the model is the one that
/// <see cref="GradientBoostingLearner"/> makes of the same table, to the bit; past that the sample for the bins is another.
/// Memory: two bytes a value, once by column and once by row, some tens of bytes a row, and a sample of 8 bytes a value.
/// </remarks>
public static class CsvBoosting
{
    /// <summary>Fits on every column but the label's.</summary>
    /// <param name="open">Opens the file from its beginning; called twice, and must give the same bytes.</param>
    /// <param name="label">The column of the labels: class indices from 0, or values.</param>
    /// <param name="task">Classification or regression.</param>
    /// <param name="settings">Those of <see cref="GradientBoostingLearner"/>.</param>
    /// <param name="options">Seed and threads.</param>
    /// <param name="csv">How to read it; its schema is not looked at. Null for <see cref="CsvOptions.Default"/>.</param>
    /// <param name="cancellationToken">Observed at every read and in every round.</param>
    /// <returns>The model; its features are the other columns, in the file's order.</returns>
    /// <exception cref="LearningException">
    /// Those of <see cref="CsvSource"/>; <c>not_a_number</c> for a value that is none; <c>column_missing</c> without the label;
    /// <c>csv_changed</c> when the second reading finds other rows; those of the learner.
    /// </exception>
    public static IModel Fit(
        Func<Stream> open, string label, LearningTask task, LearnerSettings settings, FitOptions options, CsvOptions? csv = null, CancellationToken cancellationToken = default)
    {
        csv ??= CsvOptions.Default with { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism };
        GradientBoostingLearner learner = new();
        settings.Validate(learner.HyperParameters);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        (FeatureBins[] bins, double[] labels, int labelIndex) = Look(open, label, csv, BoostingSettings.From(settings).MaximumBins, parallel);

        // The sample has just died. Left alone, the collector lets the bins grow beside it, and to need little memory is
        // what this way of training is for; once per fit it costs milliseconds.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        BinnedFeatures binned = Bin(open, csv, bins, labels.Length, labelIndex, cancellationToken);

        // The learner asks the features of a set for no more than their rows once they are binned.
        TrainingSet set = new(new FeatureMatrix([], [], labels.Length), labels, task, task == LearningTask.Classification ? ClassesOf(labels) : 0);
        TrainingSetChecks.Check(learner, set, settings);
        return learner.FitBinned(set, PackedBins.Pack(binned, parallel), settings, options, cancellationToken);
    }

    private static (FeatureBins[] Bins, double[] Labels, int LabelIndex) Look(Func<Stream> open, string label, CsvOptions csv, int maximumBins, ParallelOptions parallel)
    {
        SegmentedList<double> labels = new(0);
        string[] names = [];
        int labelIndex = -1;
        RowSample? sample = null;
        using (Stream stream = open())
        {
            CsvNumbers.Read(stream, csv, Begin, Take, parallel.CancellationToken);
        }

        FeatureBins[] bins = new FeatureBins[names.Length - 1];
        Parallel.For(0, bins.Length, parallel, feature =>
        {
            int column = ColumnOf(feature, labelIndex);
            bins[feature] = FeatureBins.Of(new FeatureInfo(names[column], names[column], FeatureKind.Number), sample!.Column(column), maximumBins);
        });
        return (bins, labels.ToArray(), labelIndex);

        void Begin(string[] columns)
        {
            names = columns;
            labelIndex = Array.IndexOf(names, label);
            sample = labelIndex >= 0
                ? new RowSample(names.Length, FeatureBins.QuantileRows)
                : throw new LearningException("column_missing", $"The file has no column '{label}'.", label);
        }

        void Take(double[][] columns)
        {
            columns[labelIndex].CopyTo(labels.Extend(columns[labelIndex].Length));
            sample!.Take(columns);
        }
    }

    private static BinnedFeatures Bin(Func<Stream> open, CsvOptions csv, FeatureBins[] bins, int rows, int labelIndex, CancellationToken cancellationToken)
    {
        byte[][] filled = new byte[bins.Length][];
        for (int feature = 0; feature < filled.Length; feature++)
        {
            filled[feature] = new byte[rows];
        }

        int row = 0;
        using (Stream stream = open())
        {
            CsvNumbers.Read(stream, csv, Begin, Take, cancellationToken);
        }

        return row == rows ? BinnedFeatures.Of(bins, filled, rows) : throw Changed();

        void Begin(string[] columns)
        {
            if (columns.Length != bins.Length + 1)
            {
                throw Changed();
            }
        }

        void Take(double[][] columns)
        {
            int count = columns[0].Length;
            if (count > rows - row)
            {
                throw Changed();
            }

            for (int feature = 0; feature < bins.Length; feature++)
            {
                bins[feature].Fill(filled[feature].AsSpan(row, count), columns[ColumnOf(feature, labelIndex)]);
            }

            row += count;
        }
    }

    /// <summary>The number of classes; 0, which no learner takes, when labels leave one out or are no indices.</summary>
    private static int ClassesOf(double[] labels)
    {
        HashSet<double> distinct = [.. labels];
        return distinct.Max() == distinct.Count - 1 ? distinct.Count : 0;
    }

    private static int ColumnOf(int feature, int labelIndex) => feature < labelIndex ? feature : feature + 1;

    private static LearningException Changed() => new("csv_changed", "The file has other rows or columns than when it was read first.");
}
