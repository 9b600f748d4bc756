using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Data;
using Trainyard.Learning.Splitting;

namespace Trainyard.Learning.Models;

/// <summary>Fits a model per fold; feature plan and model see that fold's training rows only.</summary>
internal static class FoldFits
{
    /// <summary>Fits, and hands each model over with the rows that it has not seen.</summary>
    /// <param name="fit">What to fit; every row has a target where the task has labels.</param>
    /// <param name="folds">Parts of those rows.</param>
    /// <param name="use">Takes the fold's index, its model, its validation rows and the threads it may use; folds run side by side.</param>
    /// <param name="cancellationToken">Observed in every fit.</param>
    public static void Run(TabularFit fit, IReadOnlyList<Fold> folds, Action<int, TabularModel, Table, int> use, CancellationToken cancellationToken)
    {
        // Folds run side by side; only processors beyond their number are left for the fits themselves.
        int threads = fit.Options.MaxDegreeOfParallelism;
        int inner = Math.Max(1, threads / folds.Count);
        ParallelWork.For(folds.Count, threads, cancellationToken, fold =>
        {
            TabularFit own = fit with
            {
                Rows = fit.Rows.SelectRows(folds[fold].Training, cancellationToken),
                Options = fit.Options with { MaxDegreeOfParallelism = inner },
                KeepsReference = false,
            };
            use(fold, TabularTrainer.Fit(own, cancellationToken), fit.Rows.SelectRows(folds[fold].Validation, cancellationToken), inner);
        });
    }

    /// <summary>Predictions of every row by the model of the fold that had not seen it.</summary>
    /// <returns>Row-major, one value per class and row, or one.</returns>
    public static double[] Predict(TabularFit fit, IReadOnlyList<Fold> folds, CancellationToken cancellationToken)
    {
        int width = Math.Max(fit.Target.Classes.Count, 1);
        double[] outputs = new double[checked(fit.Rows.RowCount * width)];
        Run(fit, folds, (fold, model, rows, threads) => Place(model.Predict(rows, threads, cancellationToken), folds[fold].Validation, width, outputs), cancellationToken);
        return outputs;
    }

    /// <summary>Puts the predictions of some rows where those rows are among all.</summary>
    public static void Place(ReadOnlySpan<double> predicted, ReadOnlySpan<int> rows, int width, Span<double> outputs)
    {
        for (int index = 0; index < rows.Length; index++)
        {
            predicted.Slice(index * width, width).CopyTo(outputs[(rows[index] * width)..]);
        }
    }
}
