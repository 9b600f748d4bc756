using Microsoft.ML;
using Trainyard.Learning;
using Trainyard.Learning.Learners;

namespace Trainyard.MLNet.Rows;

/// <summary>A training set as Microsoft.ML reads it. Rows of weight 0 say nothing and are left out, and so are classes that no row has.</summary>
internal sealed class ExampleRows
{
    private readonly TrainingSet set;
    private readonly int[] rows;
    private readonly uint[] keys;

    /// <param name="set">A set that was checked.</param>
    public ExampleRows(TrainingSet set)
    {
        this.set = set;
        rows = [.. Enumerable.Range(0, set.Features.RowCount).Where(row => set.Weights is not { } weights || weights[row] > 0)];
        bool isClasses = set.Task == LearningTask.Classification;
        Classes = isClasses ? [.. rows.Select(row => (int)set.Labels[row]).Distinct().Order()] : [];
        keys = new uint[isClasses ? set.ClassCount : 0];
        for (int place = 0; place < Classes.Length; place++)
        {
            keys[Classes[place]] = (uint)place + 1;
        }

        if (set.Task == LearningTask.Regression)
        {
            // Centred and scaled, since single precision keeps seven digits.
            Mean = rows.Average(row => set.Labels[row]);
            double deviation = Math.Sqrt(rows.Average(row => (set.Labels[row] - Mean) * (set.Labels[row] - Mean)));
            Scale = deviation > 0 && double.IsFinite(deviation) ? deviation : 1;
        }
    }

    /// <summary>The classes that occur, in their order.</summary>
    public int[] Classes { get; }

    /// <summary>Rows that say something.</summary>
    public int Count => rows.Length;

    /// <summary>What was taken off labels that are numbers.</summary>
    public double Mean { get; }

    /// <summary>What labels that are numbers were divided by thereafter.</summary>
    public double Scale { get; } = 1;

    /// <summary>The column of weights; null when all rows weigh the same.</summary>
    public string? WeightColumn => set.Weights is null ? null : nameof(Example.Weight);

    /// <summary>The rows as a view, which is read anew in every pass.</summary>
    /// <param name="context">The context of the fit.</param>
    /// <param name="cancellationToken">Observed at every row. Microsoft.ML has no public way to stop a trainer, so this is where a fit ends early.</param>
    public IDataView ToView(MLContext context, CancellationToken cancellationToken) =>
        context.Data.LoadFromEnumerable(Read(cancellationToken), ExampleSchema.Of(set.Features.FeatureCount, Classes.Length));

    private IEnumerable<Example> Read(CancellationToken cancellationToken)
    {
        double[] row = new double[set.Features.FeatureCount];
        foreach (int index in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            set.Features.CopyRow(index, row);

            // Each its own array: a reader may keep those before.
            Example example = new() { Features = new float[Math.Max(row.Length, ExampleSchema.LeastWidth)] };
            ExampleSchema.Fill(row, example.Features);
            Label(example, index);
            yield return example;
        }
    }

    private void Label(Example example, int index)
    {
        example.Weight = (float)(set.Weights?[index] ?? 1);
        if (keys.Length > 0)
        {
            example.Class = keys[(int)set.Labels[index]];
            example.IsSecond = example.Class == 2;
        }
        else if (set.Task == LearningTask.Regression)
        {
            example.Value = (float)((set.Labels[index] - Mean) / Scale);
        }
    }
}
