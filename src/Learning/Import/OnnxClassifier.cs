using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Import;

/// <summary>What the scores of a TreeEnsembleClassifier mean.</summary>
internal static class OnnxClassifier
{
    private const int MaximumClasses = 100_000;

    /// <exception cref="LearningException"><c>model_import_invalid</c>, or <c>model_import_unsupported</c>.</exception>
    public static TreeEnsembleModel Read(OnnxTreeNode node, string learner)
    {
        int classes = node.Labels().Length;
        if (classes is < 2 or > MaximumClasses)
        {
            throw ImportErrors.Invalid($"it has {classes} classes");
        }

        string transform = node.Text("post_transform", "NONE");

        // ONNX Runtime: two classes have a single score when every weight is for the first, and it is the second one's.
        bool hasOneScore = classes == 2 && node.Integers("class_ids").All(index => index == 0);
        return (transform, hasOneScore) switch
        {
            ("NONE", true) => ShareOfSecond(node, learner),
            ("LOGISTIC", true) => LogOdds(node, learner),
            ("NONE", false) => PerClass(node, learner, classes, OutputLink.Identity),
            ("SOFTMAX", false) => PerClass(node, learner, classes, OutputLink.Softmax),
            _ => throw ImportErrors.Unsupported($"{classes} classes are transformed by {transform}"),
        };
    }

    /// <summary>A score per class.</summary>
    private static TreeEnsembleModel PerClass(OnnxTreeNode node, string learner, int classes, OutputLink link)
    {
        TreeEnsemble trees = node.Trees("class", classes, (leaf, index, weight) =>
        {
            if (index < 0 || index >= classes)
            {
                throw ImportErrors.Invalid($"a leaf is for class {index} of {classes}");
            }

            leaf[index] += weight;
        });
        return new TreeEnsembleModel(learner, node.FeatureCount, trees, link, node.Bases(classes));
    }

    /// <summary>The single score is the second class's probability; the first has the rest.</summary>
    private static TreeEnsembleModel ShareOfSecond(OnnxTreeNode node, string learner)
    {
        if (node.Numbers("class_weights").Any(weight => weight < 0))
        {
            throw ImportErrors.Unsupported("its single score is no probability");
        }

        double start = node.Bases(1)[0];
        TreeEnsemble trees = node.Trees("class", 2, (leaf, _, weight) =>
        {
            leaf[0] -= weight;
            leaf[1] += weight;
        });
        return new TreeEnsembleModel(learner, node.FeatureCount, trees, OutputLink.Identity, [1 - start, start]);
    }

    private static TreeEnsembleModel LogOdds(OnnxTreeNode node, string learner)
    {
        // ONNX Runtime takes scores of which none is negative for probabilities, and leaves the transform out.
        if (node.Numbers("class_weights").All(weight => weight >= 0))
        {
            throw ImportErrors.Unsupported("none of its scores is negative, which runtimes read differently");
        }

        TreeEnsemble trees = node.Trees("class", 1, (leaf, _, weight) => leaf[0] += weight);
        return new TreeEnsembleModel(learner, node.FeatureCount, trees, OutputLink.Logistic, node.Bases(1));
    }
}
