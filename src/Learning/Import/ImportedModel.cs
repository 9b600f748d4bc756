using System.Globalization;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Import;

/// <summary>Puts trees from elsewhere together with the columns and classes that they are asked by.</summary>
internal static class ImportedModel
{
    /// <summary>Features at most: as many columns as fit in some 30 MB. A damaged file may claim any number.</summary>
    public const int MaximumFeatures = 65_536;

    /// <param name="trees">The model.</param>
    /// <param name="madeBy">The library that made the file, with its version.</param>
    /// <param name="named">The file's names of the features; empty when it has none.</param>
    /// <param name="labels">The file's labels of the classes; empty for a regression, or when it has none.</param>
    /// <param name="isClasses">Whether classes are predicted.</param>
    /// <param name="options">What the user says.</param>
    /// <exception cref="LearningException">Columns or classes given are too many, too few or not different.</exception>
    public static TabularModel Of(TreeEnsembleModel trees, string madeBy, IReadOnlyList<string> named, IReadOnlyList<string> labels, bool isClasses, ImportOptions options)
    {
        IReadOnlyList<string> columns = options.Columns ?? (named.Count > 0 ? named : Numbered("x", trees.FeatureCount));
        if (columns.Count != trees.FeatureCount)
        {
            throw new LearningException("option_out_of_range", $"The model has {trees.FeatureCount} features, but {columns.Count} columns are given.", nameof(options.Columns));
        }

        int outputs = isClasses ? trees.OutputCount : 0;
        IReadOnlyList<string> classes = !isClasses ? [] : options.Classes ?? (labels.Count > 0 ? labels : Numbered(string.Empty, outputs));
        if (isClasses && classes.Count != outputs)
        {
            throw new LearningException("option_out_of_range", $"The model has {outputs} classes, but {classes.Count} are given.", nameof(options.Classes));
        }

        TargetEncoding target = new(options.Target, isClasses ? LearningTask.Classification : LearningTask.Regression, classes);
        ModelLineage lineage = new()
        {
            Learner = trees.Learner,
            Settings = new Dictionary<string, double>(StringComparer.Ordinal),
            Seed = 0,
            TrainingRows = 0,
            LibraryVersion = madeBy,
        };
        return new TabularModel(FeaturePlan.OfNumbers(columns, options.Target), target, trees, lineage);
    }

    private static string[] Numbered(string prefix, int count) =>
        [.. Enumerable.Range(0, count).Select(index => string.Create(CultureInfo.InvariantCulture, $"{prefix}{index}"))];
}
