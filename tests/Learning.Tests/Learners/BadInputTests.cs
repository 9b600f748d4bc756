using Trainyard.Learning.Binary;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Tests.Learners;

/// <summary>Every learner on every kind of bad rows: it works as the field expects, or says before training what is wrong.</summary>
public class BadInputTests
{
    private const int Rows = 60;
    private const int ManyClasses = 10_000;
    private const int ManyColumns = 100_000;
    private const long FewBytes = 8 << 20;

    /// <summary>Learners that calculate with every value and so need it.</summary>
    private static readonly HashSet<string> NeedsValues = [.. LearnerCatalog.All.Where(learner => learner.Needs.ImputeMissing).Select(learner => learner.Name)];

    private static readonly HashSet<string> TakesInfinities = ["decision_tree", "random_forest", "extra_trees", "gradient_boosting"];

    private static readonly Lazy<FeatureMatrix> Wide = new(() => Some.Numbers([.. Enumerable.Range(0, ManyColumns).Select(column => Make(6, row => Math.Abs(Math.Sin((row * column * 0.37) + row))))]));

    public static IEnumerable<object[]> Pairs => LearnerContractTests.Pairs;

    public static IEnumerable<object[]> Supervised => LearnerContractTests.Supervised;

    public static IEnumerable<object[]> Classifiers => Pairs.Where(pair => (LearningTask)pair[1] == LearningTask.Classification);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_WithAConstantFeature_Works(string learner, LearningTask task) =>
        AssertWorks(learner, task, Make(Rows, _ => 4), Wave());

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_OnFeaturesThatRepeatOneAnother_Works(string learner, LearningTask task) =>
        AssertWorks(learner, task, Wave(), Wave(), Wave());

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_OnScalesFarApart_Works(string learner, LearningTask task) =>
        AssertWorks(learner, task, Make(Rows, row => 1e-6 * (row % 5)), Make(Rows, row => 1e9 * row), Wave());

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_WithAFeatureThatIsMissingEverywhere_WorksOrNamesIt(string learner, LearningTask task)
    {
        double[][] columns = [Make(Rows, _ => double.NaN), Wave()];
        if (NeedsValues.Contains(learner))
        {
            AssertRefused("feature_not_finite", "x0", () => Fit(learner, Set(task, columns)));
            return;
        }

        AssertWorks(learner, task, columns);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_WithAnInfinity_WorksOrNamesTheFeature(string learner, LearningTask task)
    {
        double[] infinite = Wave();
        infinite[5] = double.PositiveInfinity;
        if (TakesInfinities.Contains(learner))
        {
            AssertWorks(learner, task, infinite);
            return;
        }

        AssertRefused("feature_not_finite", "x0", () => Fit(learner, Set(task, infinite)));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_OnNumbersAtTheEndOfTheRange_WorksOrNamesWhatIsTooLarge(string learner, LearningTask task)
    {
        TrainingSet set = Set(task, Make(Rows, row => 1e300 * Math.Abs(Math.Sin(row))), Wave());
        try
        {
            AssertFinite(Fit(learner, set), set);
        }
        catch (LearningException failure)
        {
            Assert.Contains((failure.Code, failure.Field), (IEnumerable<(string, string?)>)[("feature_not_finite", "x0"), ("training_diverged", "learning_rate")]);
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_OnOneRow_Works(string learner, LearningTask task) => AssertWorks(learner, task, [1.0]);

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Fit_OnOneClass_PredictsIt(string learner, LearningTask task)
    {
        TrainingSet set = Set(task, Wave()) with { Labels = new double[Rows] };
        IModel model = Fit(learner, set);
        AssertFinite(model, set);
        Assert.True(model.Predict(Wave()[0])[0] > 0.5);
    }

    [Theory]
    [MemberData(nameof(Supervised))]
    public void Fit_WithALabelThatIsMissing_SaysSo(string learner, LearningTask task)
    {
        TrainingSet set = Set(task, Wave());
        set.Labels[3] = double.NaN;
        AssertRefused("label_invalid", null, () => Fit(learner, set));
    }

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Fit_OnThousandsOfClasses_WorksOrSaysWhatItNeeds(string learner, LearningTask task)
    {
        TrainingSet set = new(Some.Numbers(Make(200, row => row), Make(200, row => row % 7)), Make(200, row => 50 * row), task, ManyClasses);
        try
        {
            IModel model = Fit(learner, set, FewBytes);
            Assert.Equal(ManyClasses, model.OutputCount);
            AssertFinite(model, set);
            Assert.Contains(learner, (IEnumerable<string>)["naive_bayes", "multinomial_naive_bayes", "nearest_neighbors", "sequence_network"]);
        }
        catch (LearningException failure)
        {
            Assert.Equal(("fit_too_large", "MaximumBytes"), (failure.Code, failure.Field));
            Assert.Contains("10000 classes", failure.Message, StringComparison.Ordinal);
            Assert.Contains("8 MB are allowed", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Fit_OnMoreClassesThanAFileHolds_SaysTheLimit(string learner, LearningTask task)
    {
        TrainingSet set = Set(task, Wave()) with { ClassCount = 100_001 };
        Assert.Contains("100000", AssertRefused("too_many_classes", null, () => Fit(learner, set)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_OnAHundredThousandFeatures_Works(string learner, LearningTask task)
    {
        TrainingSet set = Of(task, Wide.Value);
        AssertFinite(Fit(learner, set), set);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_OnRowsThatDoNotFit_SaysBeforeItBegins(string learner, LearningTask task)
    {
        // Of these the working memory does not grow with the features.
        HashSet<string> lean = ["naive_bayes", "multinomial_naive_bayes", "decision_tree", "random_forest", "extra_trees", "gradient_boosting", "isolation_forest"];
        TrainingSet set = Of(task, Wide.Value);
        if (!lean.Contains(learner))
        {
            Assert.Contains("100000 features", AssertRefused("fit_too_large", "MaximumBytes", () => Fit(learner, set, maximumBytes: 1 << 20)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Fit_OfASequenceThatNoFileHolds_SaysTheLimit() =>
        AssertRefused("too_many_features", "units", () => Some.Fit("sequence_network", Of(LearningTask.Regression, Wide.Value), ("units", 512)));

    [Fact]
    public void Fit_OfANetworkThatDiverges_SaysSo()
    {
        TrainingSet set = Some.Regression(Some.Numbers(Make(Rows, row => row * 1e200)), Make(Rows, row => row));
        AssertRefused("training_diverged", "learning_rate", () => Some.Fit("neural_network", set, ("learning_rate", 1), ("epochs", 5)));
    }

    private static void AssertWorks(string learner, LearningTask task, params double[][] columns)
    {
        TrainingSet set = Set(task, columns);
        AssertFinite(Fit(learner, set), set);
    }

    /// <summary>Predictions of rows as trained on, of missing values and of numbers never seen are finite, and the model can be read back.</summary>
    private static void AssertFinite(IModel model, TrainingSet set)
    {
        double[] row = new double[model.FeatureCount];
        set.Features.CopyRow(0, row);
        Assert.All([row, [.. row.Select(_ => double.NaN)], [.. row.Select(_ => 1e300)]], given => Assert.All(model.Predict(given), value => Assert.True(double.IsFinite(value))));
        SectionWriter writer = new();
        model.Write(writer);
        Assert.Equal(model.Predict(row), LearnerCatalog.Read(model.Learner, new SectionReader("model", writer.Written)).Predict(row));
    }

    private static LearningException AssertRefused(string code, string? field, Func<IModel> fit)
    {
        LearningException failure = Assert.Throws<LearningException>(fit);
        Assert.Equal((code, field), (failure.Code, failure.Field));
        return failure;
    }

    private static IModel Fit(string learner, TrainingSet set, long maximumBytes = 2L << 30) =>
        LearnerCatalog.Get(learner).Fit(set, Quick(learner, set.Features.FeatureCount), new FitOptions(1) { MaximumBytes = maximumBytes }, default);

    /// <summary>What is refused or breaks does so at once; what works need not work well.</summary>
    private static LearnerSettings Quick(string learner, int features)
    {
        (string, double)[] settings = learner switch
        {
            "neural_network" when features == ManyColumns => [("epochs", 1), ("hidden_units", 2)],
            "sequence_network" when features == ManyColumns => [("epochs", 1), ("units", 1)],
            "neural_network" or "sequence_network" => [("epochs", 3)],
            _ when features < ManyColumns => [],
            "logistic_regression" or "lasso" or "elastic_net" => [("max_iterations", 2)],
            "random_forest" or "extra_trees" or "isolation_forest" => [("trees", 2)],
            "gradient_boosting" => [("iterations", 1)],
            "kmeans" => [("clusters", 2), ("restarts", 1), ("max_iterations", 2)],
            "mini_batch_kmeans" => [("clusters", 2), ("restarts", 1), ("max_passes", 1)],
            _ => [],
        };
        return Some.Settings(settings);
    }

    private static TrainingSet Set(LearningTask task, params double[][] columns) => Of(task, Some.Numbers(columns));

    private static TrainingSet Of(LearningTask task, FeatureMatrix matrix) => task == LearningTask.Regression
        ? Some.Regression(matrix, Make(matrix.RowCount, row => row % 7))
        : Some.Classes(matrix, 2, Make(matrix.RowCount, row => row % 2)) with { Task = task };

    // Not below 0, so that those who count take it too.
    private static double[] Wave() => Make(Rows, row => Math.Abs(Math.Sin(row)));

    private static double[] Make(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];
}
