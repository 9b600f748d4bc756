using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Ensembles;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Ensembles;

/// <summary>What to fit an ensemble on, and of what.</summary>
/// <param name="Rows">Training rows; those without a target are left out.</param>
/// <param name="Target">Classes or a number.</param>
/// <param name="Method">How predictions are combined; voting is for classes.</param>
/// <param name="Members">1 to 64. One learner may be there several times, with other settings.</param>
public sealed record EnsembleFit(Table Rows, TargetEncoding Target, EnsembleMethod Method, IReadOnlyList<MemberFit> Members)
{
    /// <summary>Folds of <see cref="Folds"/> by default, as scikit-learn's stacking has.</summary>
    public const int DefaultFolds = 5;

    /// <summary><see cref="Penalty"/> by default: scikit-learn's for both regressions.</summary>
    public const double DefaultPenalty = 1;

    /// <summary>Parts that stacking divides the rows into, to predict each part by models that have not seen it; at least 2. Fewer are made when there are fewer rows.</summary>
    public int Folds { get; init; } = DefaultFolds;

    /// <summary>Strength of the penalty on the squared weights of stacking's logistic or ridge regression; at least 0.</summary>
    public double Penalty { get; init; } = DefaultPenalty;

    /// <summary>Seed (of the folds too), threads, progress of each member.</summary>
    public FitOptions Options { get; init; } = new(Seed: 0);

    /// <inheritdoc cref="TabularFit.BalanceClasses"/>
    public bool BalanceClasses { get; init; }

    /// <inheritdoc cref="TabularFit.Standardize"/>
    public bool Standardize { get; init; }

    /// <summary>As <see cref="TabularFit.Monotone"/>, if every member keeps it; stacking does not, since its weights may be negative.</summary>
    public IReadOnlyDictionary<string, int>? Monotone { get; init; }

    /// <inheritdoc cref="TabularFit.KeepsReference"/>
    public bool KeepsReference { get; init; } = true;

    /// <inheritdoc cref="TabularFit.Dataset"/>
    public string? Dataset { get; init; }

    /// <inheritdoc cref="TabularFit.DatasetSha256"/>
    public string? DatasetSha256 { get; init; }

    /// <exception cref="LearningException"><c>ensemble_invalid</c>, <c>monotone_unsupported</c> or <c>option_out_of_range</c>; the field names what.</exception>
    internal void Validate()
    {
        if (!Target.Task.IsSupervised() || (Method == EnsembleMethod.Voting && Target.Task != LearningTask.Classification))
        {
            throw Invalid("method", $"{EnsembleNames.Of(Method)} cannot do {Target.Task.Word()}; voting is for classes, averaging and stacking for classes and numbers.");
        }

        if (Members.Count is 0 or > EnsembleModel.MaximumMembers)
        {
            throw Invalid("members", $"An ensemble of {Members.Count} members cannot be made; there must be 1 to {EnsembleModel.MaximumMembers}.");
        }

        if (Method != EnsembleMethod.Stacking && !MemberWeights.AreUsable([.. Members.Select(member => member.Weight)]))
        {
            throw Invalid("weights", "The weights of the members must be finite and at least 0, and one above 0.");
        }

        if (Method == EnsembleMethod.Stacking && Monotone is { Count: > 0 })
        {
            throw new LearningException("monotone_unsupported", "Stacking cannot keep predictions monotone; use averaging.", "monotone");
        }

        Check(Folds >= 2, nameof(Folds), $"{Folds}; it must be at least 2");
        Check(double.IsFinite(Penalty) && Penalty >= 0, nameof(Penalty), $"{Penalty}; it must be a number of at least 0");
    }

    private static LearningException Invalid(string field, string message) => new("ensemble_invalid", message, field);

    private static void Check(bool holds, string option, string what)
    {
        if (!holds)
        {
            throw new LearningException("option_out_of_range", $"{option} is {what}.", option);
        }
    }
}
