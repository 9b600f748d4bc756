using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Text;

/// <summary>What is trained, saved and served for texts: model and classes as one. Immutable and thread safe.</summary>
public sealed class TextClassifier
{
    private const int TextsPerBlock = 64;

    /// <summary>Puts the parts together.</summary>
    /// <exception cref="ArgumentException">They do not fit one another.</exception>
    public TextClassifier(string textColumn, TargetEncoding target, ITextModel model, ModelLineage lineage)
    {
        if (target.Classes.Count != model.ClassCount)
        {
            throw new ArgumentException($"A model of {model.ClassCount} classes and a target of {target.Classes.Count} do not fit.", nameof(model));
        }

        (TextColumn, Target, Model, Lineage) = (textColumn, target, model, lineage);
    }

    /// <summary>The column that texts are read from.</summary>
    public string TextColumn { get; }

    /// <summary>What is predicted.</summary>
    public TargetEncoding Target { get; }

    /// <summary>The model of the texts.</summary>
    public ITextModel Model { get; }

    /// <summary>Where it comes from.</summary>
    public ModelLineage Lineage { get; }

    /// <summary>Class labels in the order of the probabilities.</summary>
    public IReadOnlyList<string> Classes => Target.Classes;

    /// <summary>Fits a method to the texts of a table.</summary>
    /// <exception cref="LearningException">
    /// <c>task_unsupported</c>, <c>column_missing</c>, <c>target_missing</c>, <c>no_rows</c>, or what the method says.
    /// </exception>
    public static TextClassifier Fit(TextFit fit, CancellationToken cancellationToken)
    {
        if (fit.Target.Task != LearningTask.Classification)
        {
            throw new LearningException("task_unsupported", $"Texts are classified; '{fit.Target.Column}' is to be predicted as {fit.Target.Task}.", fit.Target.Column);
        }

        EncodedTarget encoded = fit.Target.Encode(fit.Rows, cancellationToken);
        if (encoded.Rows.Length == 0)
        {
            throw new LearningException("no_rows", "There are no rows to learn from.");
        }

        string[] texts = Texts(fit.Rows, fit.TextColumn, encoded.Rows);
        ITextModel model = fit.Method.Fit(texts, encoded.Labels, fit.Target.Classes.Count, fit.Settings, fit.Options, cancellationToken);
        ModelLineage lineage = new()
        {
            Learner = fit.Method.Name,
            Settings = fit.Settings.Values,
            Seed = fit.Options.Seed,
            TrainingRows = texts.Length,
            LibraryVersion = TabularTrainer.LibraryVersion,
            Dataset = fit.Dataset,
            DatasetSha256 = fit.DatasetSha256,
        };
        return new TextClassifier(fit.TextColumn, fit.Target, model, lineage);
    }

    /// <summary>The probability of each class.</summary>
    /// <param name="texts">Any texts.</param>
    /// <param name="maximumThreads">Threads at most; the result is the same for any.</param>
    /// <param name="cancellationToken">Observed every few texts.</param>
    /// <returns>Row-major, a value per class and text.</returns>
    public double[] Predict(IReadOnlyList<string> texts, int maximumThreads = 1, CancellationToken cancellationToken = default)
    {
        double[] outputs = new double[checked(texts.Count * Classes.Count)];
        int blocks = (texts.Count + TextsPerBlock - 1) / TextsPerBlock;
        ParallelWork.For(blocks, maximumThreads, cancellationToken, block =>
        {
            for (int row = block * TextsPerBlock; row < Math.Min(texts.Count, (block + 1) * TextsPerBlock); row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Model.Predict(texts[row], outputs.AsSpan(row * Classes.Count, Classes.Count));
            }
        });
        return outputs;
    }

    /// <summary>Compares predictions with the truth. Rows without a class are left out.</summary>
    /// <exception cref="LearningException"><c>no_rows</c>, <c>column_missing</c>, <c>target_missing</c> or <c>target_class_unknown</c>.</exception>
    public Evaluation Evaluate(Table rows, int maximumThreads = 1, CancellationToken cancellationToken = default)
    {
        EncodedTarget truth = Target.Encode(rows, cancellationToken);
        double[] outputs = Predict(Texts(rows, TextColumn, truth.Rows), maximumThreads, cancellationToken);
        return Evaluator.Classification(truth.Labels, outputs, Classes);
    }

    /// <summary>The same classifier with other lineage, for example once it has been evaluated.</summary>
    public TextClassifier With(ModelLineage lineage) => new(TextColumn, Target, Model, lineage);

    private static string[] Texts(Table rows, string column, int[] indices)
    {
        Column texts = rows[column];
        return Array.ConvertAll(indices, row => texts.TextAt(row) ?? string.Empty);
    }
}
