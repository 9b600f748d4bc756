using System.Text.Json.Nodes;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features;

/// <summary>
/// How columns become features: fitted on training rows only, saved with the model, applied alike in training and serving.
/// </summary>
/// <remarks>Immutable and thread safe.</remarks>
public sealed class FeaturePlan
{
    private FeaturePlan(string target, TableSchema inputs, IReadOnlyList<FeatureInfo> features, IReadOnlyList<DroppedColumn> dropped) =>
        (Target, Inputs, Features, Dropped) = (target, inputs, features, dropped);

    /// <summary>The column that is predicted and therefore never read.</summary>
    public string Target { get; }

    /// <summary>The columns of the table that it was fitted on, without the target, in order; dropped ones included.</summary>
    public TableSchema Inputs { get; }

    /// <summary>What <see cref="Transform(Table)"/> makes.</summary>
    public IReadOnlyList<FeatureInfo> Features { get; }

    /// <summary>Input columns that no feature is made from.</summary>
    public IReadOnlyList<DroppedColumn> Dropped { get; }

    /// <summary>Learns the plan from training rows.</summary>
    /// <param name="rows">Training rows; rows held out for evaluation must not be among them.</param>
    /// <param name="target">The column to leave out.</param>
    /// <param name="needs">What the learner wants.</param>
    /// <param name="options">Bounds; null for the defaults.</param>
    /// <exception cref="LearningException">
    /// The target is not there (<c>target_missing</c>), no column is left (<c>no_features</c>), too many features
    /// (<c>too_many_features</c>) or an option out of range (<c>feature_options_invalid</c>).
    /// </exception>
    public static FeaturePlan Fit(Table rows, string target, FeatureNeeds needs, FeaturePlanOptions? options = null) => throw new NotSupportedException();

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="LearningException">It is not a plan (<c>feature_plan_invalid</c>).</exception>
    public static FeaturePlan FromJson(JsonNode? json) => throw new NotSupportedException();

    /// <summary>The plan as part of a model's manifest.</summary>
    public JsonObject ToJson() => throw new NotSupportedException();

    /// <summary>Features of every row. Columns are found by name; one that the plan reads and the table lacks is missing in every row.</summary>
    public FeatureMatrix Transform(Table rows) => throw new NotSupportedException();

    /// <summary>Features of one row, without allocating; bit for bit those of <see cref="Transform(Table)"/>.</summary>
    /// <param name="row">One cell per column of <see cref="Inputs"/>, in that order.</param>
    /// <param name="features">Receives one value per feature.</param>
    /// <exception cref="LearningException">A cell does not fit its column (<c>not_a_number</c>, <c>not_a_boolean</c>, <c>not_a_date</c>; the field names it).</exception>
    public void Transform(ReadOnlySpan<Cell> row, Span<double> features) => throw new NotSupportedException();
}
