using Microsoft.ML;
using Trainyard.Learning;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;

namespace Trainyard.MLNet.Trainers;

/// <summary>A trainer of Microsoft.ML: all that tells one from another.</summary>
/// <param name="Name">The learner's name, <c>mlnet.</c> and the trainer's.</param>
/// <param name="Tasks">What it can predict.</param>
/// <param name="Needs">How it wants columns turned into features. All are imputed: where a value is missing most trainers skip the row without a word.</param>
/// <param name="HyperParameters">Its hyper-parameters.</param>
/// <param name="Build">Makes it; what it makes answers in one column, see <see cref="TrainerRequest.Answering"/>.</param>
internal sealed record Trainer(
    string Name,
    IReadOnlyList<LearningTask> Tasks,
    FeatureNeeds Needs,
    IReadOnlyList<HyperParameter> HyperParameters,
    Func<TrainerRequest, IEstimator<ITransformer>> Build)
{
    /// <summary>Rows × features up to which <c>auto</c> tries it: Microsoft.ML trains in one thread here and cannot be stopped in the midst of a pass.</summary>
    public const long LargestCells = 2_000_000;

    /// <summary>Trees split alike at any scale.</summary>
    public static FeatureNeeds ForTrees { get; } = new(OneHotCategories: true, Standardize: false, ImputeMissing: true);

    /// <summary>The settings in which <c>auto</c> tries it on data that is not too large.</summary>
    public Func<DataSize, IEnumerable<UsualSettings>> Tries { get; init; } = _ => [UsualSettings.Plain];

    /// <summary>The settings in which <c>auto</c> tries it.</summary>
    public IEnumerable<UsualSettings> Usual(DataSize size) => (long)size.Rows * size.Features <= LargestCells ? Tries(size) : [];

    /// <summary>Settings that differ from the defaults.</summary>
    public static UsualSettings With(string variant, params (HyperParameter Parameter, double Value)[] settings) =>
        new(variant, settings.ToDictionary(setting => setting.Parameter.Name, setting => setting.Value, StringComparer.Ordinal));
}
