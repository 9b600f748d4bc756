using System.Globalization;
using System.Text.Json;
using Trainyard.Learning.Learners.Boosting;
using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Import;

/// <summary>Reads models that XGBoost saved as JSON (<c>save_model("model.json")</c>), to serve and explain them.</summary>
/// <remarks>
/// Boosters gbtree and dart, all trees (not only those up to the best iteration), on numbers. XGBoost rounds inputs to 32
/// bits; thresholds are widened accordingly, so that every row takes XGBoost's way. Sums are in 64 bits, so that
/// predictions agree to about six digits. The bytes are not trusted.
/// </remarks>
public static class XGBoostImport
{
    private const int MaximumClasses = 100_000;

    /// <summary>Reads a whole file.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="options">Names; null for the file's own.</param>
    /// <exception cref="LearningException">
    /// <c>model_file_too_large</c>; <c>model_import_invalid</c>: it is no such file, or damaged; <c>model_import_unsupported</c>:
    /// an objective, booster or kind of split that is not known here; <c>option_out_of_range</c>, <c>schema_invalid</c> or
    /// <c>target_invalid</c>: names do not fit.
    /// </exception>
    public static TabularModel Read(ReadOnlySpan<byte> file, ImportOptions? options = null)
    {
        options ??= new ImportOptions();
        ImportErrors.CheckLength(file.Length, options);
        XGBoostDocument.LearnerPart learner = Parse(file, out string version);
        int features = Number(learner.LearnerModelParam.NumFeature, "num_feature", ImportedModel.MaximumFeatures);
        int scores = Math.Max(1, Number(learner.LearnerModelParam.NumClass, "num_class", MaximumClasses));
        if (Number(learner.LearnerModelParam.NumTarget ?? "1", "num_target", int.MaxValue) > 1)
        {
            throw ImportErrors.Unsupported("it predicts several numbers at once");
        }

        OutputLink link = LinkOf(learner.Objective.Name);
        bool isClasses = link is OutputLink.Logistic or OutputLink.Softmax;
        if ((link == OutputLink.Softmax) != (scores > 1))
        {
            throw ImportErrors.Invalid($"objective {learner.Objective.Name} does not go with {scores} classes");
        }

        TreeEnsemble trees = Trees(learner.GradientBooster, features, scores);
        double[] baseline = new double[scores];
        Array.Fill(baseline, Baseline(learner.LearnerModelParam.BaseScore, link));
        TreeEnsembleModel model = new(GradientBoostingLearner.LearnerName, features, trees, link, baseline);
        return ImportedModel.Of(model, version, learner.FeatureNames ?? [], [], isClasses, options);
    }

    private static XGBoostDocument.LearnerPart Parse(ReadOnlySpan<byte> file, out string version)
    {
        try
        {
            XGBoostDocument read = JsonSerializer.Deserialize(file, XGBoostJson.Default.XGBoostDocument) ?? throw ImportErrors.Invalid("it is null");
            version = $"xgboost {string.Join('.', read.Version ?? [])}".TrimEnd();
            return read.Learner;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or NotSupportedException or FormatException)
        {
            throw ImportErrors.Invalid($"it is not XGBoost's JSON ({failure.Message.TrimEnd('.')}); save the model under a name that ends in .json", failure);
        }
    }

    /// <summary>What the objective makes of the sum; regressions that predict the sum itself have the same.</summary>
    private static OutputLink LinkOf(string objective) => objective switch
    {
        "binary:logistic" => OutputLink.Logistic,
        "multi:softprob" or "multi:softmax" => OutputLink.Softmax,
        "count:poisson" or "reg:gamma" or "reg:tweedie" => OutputLink.Exponential,
        "reg:squarederror" or "reg:linear" or "reg:squaredlogerror" or "reg:absoluteerror" or "reg:pseudohubererror" or "reg:quantileerror" => OutputLink.Identity,
        _ => throw ImportErrors.Unsupported($"the objective '{objective}' is not known"),
    };

    private static TreeEnsemble Trees(XGBoostDocument.Booster booster, int features, int scores)
    {
        XGBoostDocument.Forest forest = booster.Model ?? booster.Gbtree?.Model ?? throw ImportErrors.Unsupported($"the booster '{booster.Name}' has no trees");
        if (forest.TreeInfo.Count != forest.Trees.Count || (booster.WeightDrop is { } weights && weights.Count != forest.Trees.Count))
        {
            throw ImportErrors.Invalid($"{forest.Trees.Count} trees do not each have one class and weight");
        }

        ForeignTrees trees = new(1, features);
        bool knowsCovers = forest.Trees.All(tree => tree is { SumHessian: not null, LossChanges: not null });
        for (int index = 0; index < forest.Trees.Count; index++)
        {
            int score = forest.TreeInfo[index];
            if (score < 0 || score >= scores)
            {
                throw ImportErrors.Invalid($"a tree is for class {score} of {scores}");
            }

            trees.Add(Nodes(forest.Trees[index] ?? throw ImportErrors.Invalid("a tree is null"), booster.WeightDrop?[index] ?? 1), score);
        }

        return trees.Build(knowsCovers);
    }

    private static ForeignNode[] Nodes(XGBoostDocument.Tree tree, double weight)
    {
        int count = tree.LeftChildren.Length;
        bool isWhole = tree.RightChildren.Length == count && tree.SplitIndices.Length == count && tree.SplitConditions.Length == count
            && tree.DefaultLeft.Length == count && (tree.SumHessian?.Length ?? count) == count && (tree.LossChanges?.Length ?? count) == count;
        if (count == 0 || !isWhole)
        {
            throw ImportErrors.Invalid("the lists of a tree are not of one length");
        }

        if (tree.SplitType?.Any(type => type != 0) == true)
        {
            throw ImportErrors.Unsupported("it splits on categories; encode them as numbers and train again");
        }

        return [.. Enumerable.Range(0, count).Select(node => tree.LeftChildren[node] < 0
            ? new ForeignNode(-1, 0, 0, 0, false, [weight * tree.SplitConditions[node]], tree.SumHessian?[node] ?? 0, 0)
            : new ForeignNode(
                Math.Max(tree.SplitIndices[node], 0),
                SingleThreshold.Below(tree.SplitConditions[node]),
                tree.LeftChildren[node],
                tree.RightChildren[node],
                IsSet(tree.DefaultLeft[node]),
                [],
                0,
                (tree.LossChanges?[node] ?? 0) / 2))];
    }

    /// <summary>A flag is a number since version 1.6, and was true or false before.</summary>
    private static bool IsSet(JsonElement flag) => flag.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.Number => flag.TryGetInt32(out int number) && number != 0,
        _ => false,
    };

    /// <summary>The base score as a sum: it is given as the objective predicts.</summary>
    private static double Baseline(string text, OutputLink link)
    {
        if (!double.TryParse(text.Trim('[', ']'), NumberStyles.Float, CultureInfo.InvariantCulture, out double score))
        {
            throw ImportErrors.Unsupported($"the base score '{text}' is not one number");
        }

        double baseline = link switch
        {
            OutputLink.Logistic => Math.Log(score / (1 - score)),
            OutputLink.Exponential => Math.Log(score),
            _ => score,
        };
        return double.IsFinite(baseline) ? baseline : throw ImportErrors.Invalid($"a base score of {text} has no finite sum");
    }

    private static int Number(string text, string field, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most
            ? number
            : throw ImportErrors.Invalid($"{field} is '{text}', not a whole number up to {most}");
}
