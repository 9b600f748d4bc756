using System.Collections.Frozen;
using Trainyard.Learning.Learners.Anomalies;
using Trainyard.Learning.Learners.Forests;

namespace Trainyard.Learning.Selection;

/// <summary>A purpose that models are asked for by name, and what it means: a task, and what is tried for it. Immutable and thread safe.</summary>
public sealed class ModelType
{
    /// <summary>Telling fraud from ordinary business: a random forest on standardised numbers that gives rare classes their weight.</summary>
    public const string FraudDetection = "fraud_detection";

    /// <summary>Finding odd rows without labels: an isolation forest that calls a tenth of its training rows anomalies.</summary>
    public const string AnomalyDetection = "anomaly_detection";

    /// <summary>Classes where a target is named, else clusters.</summary>
    public const string PatternRecognition = "pattern_recognition";

    /// <summary>A number; where a time column is named, the steps that follow a series.</summary>
    public const string Prediction = "prediction";

    /// <summary>More trees than by default: rare classes have few rows in each.</summary>
    private const int FraudTrees = 200;

    /// <summary>The paper's own threshold calls half the rows of small tables anomalies; a tenth was long scikit-learn's default.</summary>
    private const double Contamination = 0.1;

    private static readonly FrozenDictionary<string, ModelType> ByName = new ModelType[]
    {
        new(FraudDetection, LearningTask.Classification, LearningTask.Classification) { BalanceClasses = true, Standardize = true, Own = [CandidateList.Make(RandomForestLearner.LearnerName, RandomForestLearner.LearnerName, ("trees", FraudTrees))] },
        new(AnomalyDetection, LearningTask.AnomalyDetection, LearningTask.AnomalyDetection) { Own = [CandidateList.Make(IsolationForestLearner.LearnerName, IsolationForestLearner.LearnerName, ("contamination", Contamination))] },
        new(PatternRecognition, LearningTask.Classification, LearningTask.Clustering),
        new(Prediction, LearningTask.Regression, LearningTask.Regression) { Forecasts = true },
    }.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    private readonly LearningTask withTarget;
    private readonly LearningTask withoutTarget;

    private ModelType(string name, LearningTask withTarget, LearningTask withoutTarget) =>
        (Name, this.withTarget, this.withoutTarget) = (name, withTarget, withoutTarget);

    /// <summary>The names, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The stable name, in snake case.</summary>
    public string Name { get; }

    /// <summary>True to weigh rows so that every class counts the same.</summary>
    public bool BalanceClasses { get; private init; }

    /// <summary>True to standardise numbers even for learners that do not need it.</summary>
    public bool Standardize { get; private init; }

    /// <summary>True when it foretells series as well.</summary>
    public bool Forecasts { get; private init; }

    /// <summary>What is tried instead of <see cref="CandidateList"/>; null for that list.</summary>
    private IReadOnlyList<Candidate>? Own { get; init; }

    /// <summary>The type of that name; null when there is none.</summary>
    public static ModelType? Find(string? name) => name is null ? null : ByName.GetValueOrDefault(name);

    /// <summary>The task, given the target column that was named, if any.</summary>
    public LearningTask TaskFor(string? targetColumn) => string.IsNullOrEmpty(targetColumn) ? withoutTarget : withTarget;

    /// <summary>What to try, the simplest first.</summary>
    /// <param name="task">As of <see cref="TaskFor"/>.</param>
    /// <param name="rows">Training rows.</param>
    /// <param name="features">Input columns.</param>
    /// <param name="isMonotone">As of <see cref="CandidateList.For"/>, which is asked when learners must keep constraints that the type's own cannot.</param>
    /// <param name="searchSeed">The seed of <see cref="SearchSpace.For"/>, to search as widely as that; null for the short list.</param>
    public IReadOnlyList<Candidate> Candidates(LearningTask task, int rows, int features, bool isMonotone, ulong? searchSeed = null) => (Own, searchSeed) switch
    {
        ({ } own, _) when !isMonotone => own,
        (_, { } seed) => SearchSpace.For(task, rows, features, seed, isMonotone),
        _ => CandidateList.For(task, rows, features, isMonotone),
    };
}
