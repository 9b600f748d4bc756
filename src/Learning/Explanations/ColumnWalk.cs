using Trainyard.Learning.Features;
using Trainyard.Learning.Models;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Explanations;

/// <summary>Goes from a background row to the row to explain, column by column, and notes what each step changes.</summary>
internal sealed class ColumnWalk
{
    private readonly TabularModel model;
    private readonly ColumnFeatures columns;
    private readonly FeatureMatrix usual;
    private readonly double[] row;
    private readonly double[] start;
    private readonly double[] mixed;
    private readonly double[] before;
    private readonly double[] after;
    private readonly int[] order;

    /// <param name="model">The model.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="row">The features of the row to explain.</param>
    /// <param name="usual">Background rows.</param>
    public ColumnWalk(TabularModel model, ColumnFeatures columns, double[] row, FeatureMatrix usual)
    {
        (this.model, this.columns, this.row, this.usual) = (model, columns, row, usual);
        start = new double[row.Length];
        mixed = new double[row.Length];
        before = new double[model.OutputCount];
        after = new double[model.OutputCount];
        order = [.. Enumerable.Range(0, columns.Columns.Length)];
        Contributions = new double[order.Length * model.OutputCount];
    }

    /// <summary>Of the last two ways, output by output, the mean change that each column made.</summary>
    public double[] Contributions { get; }

    /// <summary>Draws a background row and an order, and goes it forwards and backwards.</summary>
    /// <param name="random">Where from.</param>
    /// <param name="bases">The background row's outputs are added to it.</param>
    public void Go(DeterministicRandom random, Span<double> bases)
    {
        usual.CopyRow(random.NextInt(usual.RowCount), start);
        Array.Sort(order);
        random.Shuffle(order);
        Array.Clear(Contributions);
        model.Predict(start, before);
        for (int output = 0; output < bases.Length; output++)
        {
            bases[output] += before[output];
        }

        Walk();
        Array.Reverse(order);
        model.Predict(start, before);
        Walk();
    }

    private void Walk()
    {
        start.CopyTo(mixed, 0);
        foreach (int column in order)
        {
            foreach (int feature in columns.Features[column])
            {
                mixed[feature] = row[feature];
            }

            model.Predict(mixed, after);
            for (int output = 0; output < after.Length; output++)
            {
                Contributions[(output * order.Length) + column] += (after[output] - before[output]) / 2;
            }

            after.CopyTo(before, 0);
        }
    }
}
