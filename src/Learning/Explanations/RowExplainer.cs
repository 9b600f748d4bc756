using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Models;
using Trainyard.Learning.Sketches;

namespace Trainyard.Learning.Explanations;

/// <summary>Explains the predictions of a model that is served: any model, with what its file knows and without its training rows. Immutable and thread safe; make it once per model.</summary>
/// <remarks>
/// Trees explain themselves exactly. A linear model's contributions are exact for the means of its features: 0 where they
/// were standardised, else from the distributions in its file. All others are sampled against rows made from those
/// distributions (<see cref="SampledContributions"/>); a row's estimate does not depend on the rows beside it.
/// </remarks>
public sealed class RowExplainer
{
    /// <summary>Rows that stand for the usual ones, of which sampling draws.</summary>
    private const int BackgroundRows = 500;

    /// <summary>Rows that means are taken over: shares of categories hold to a two-thousandth.</summary>
    private const int RowsOfMeans = 1000;

    private const ulong Seed = 0;

    private readonly TabularModel model;
    private readonly ContributionExplainer? exact;
    private readonly ColumnFeatures? columns;
    private readonly FeatureMatrix? usual;

    private RowExplainer(TabularModel model, ContributionExplainer exact)
    {
        (this.model, this.exact) = (model, exact);
        WorkPerRow = exact.WorkPerRow;
    }

    private RowExplainer(TabularModel model, FeatureMatrix usual)
    {
        (this.model, this.usual) = (model, usual);
        columns = new ColumnFeatures(model);
        WorkPerRow = 2L * SamplingOptions.DefaultPairs * (columns.Columns.Length + 1) * Math.Max(model.Model.WorkPerRow, model.ScratchLength);
    }

    /// <summary>Multiplications that one row takes, roughly: how many a caller may ask for at once.</summary>
    public long WorkPerRow { get; }

    /// <summary>Prepares to explain a model.</summary>
    /// <exception cref="LearningException"><c>explanation_unavailable</c>: the model's file is too old or imported, and does not say how its training rows were distributed.</exception>
    public static RowExplainer Of(TabularModel model)
    {
        if (ContributionExplainer.CanExplain(model))
        {
            return new RowExplainer(model, ContributionExplainer.Of(model, () => MeansOf(model)));
        }

        return new RowExplainer(model, model.Plan.Transform(SketchRows.Make(ReferenceOf(model), model.Inputs, BackgroundRows, Seed)));
    }

    /// <summary>Explains one row.</summary>
    /// <param name="features">What <see cref="TabularModel.Predict(ReadOnlySpan{Cell}, Span{double}, Span{double})"/> left of it in its scratch space.</param>
    /// <param name="cancellationToken">Observed at every tree, or every pair of walks.</param>
    public Contributions Explain(ReadOnlySpan<double> features, CancellationToken cancellationToken) => exact is not null
        ? exact.Explain(features, cancellationToken)
        : SampledContributions.Explain(model, columns!, features, usual!, new SamplingOptions(Seed), cancellationToken);

    private static double[] MeansOf(TabularModel model)
    {
        Table rows = SketchRows.Make(ReferenceOf(model), model.Inputs, RowsOfMeans, Seed);
        double[] means = ContributionExplainer.MeansOf(model, rows);
        int feature = 0;
        for (int encoding = 0; encoding < model.Plan.Encodings.Count; encoding++)
        {
            for (int index = 0; index < model.Plan.WidthOf(encoding); index++, feature++)
            {
                means[feature] = model.Plan.Encodings[encoding].IsCentred(index) ? 0 : means[feature];
            }
        }

        return means;
    }

    private static TableSketch ReferenceOf(TabularModel model) => model.Reference ?? throw new LearningException(
        "explanation_unavailable", $"The file of this '{model.Model.Learner}' model is of an old version or imported, and does not say how its training rows were distributed. Train the model again.");
}
