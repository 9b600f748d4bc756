using Trainyard.Learning.Calibration;
using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Sketches;

namespace Trainyard.Learning.Models;

/// <summary>What is trained, saved and served: feature plan, model and target as one. Immutable and thread safe.</summary>
public sealed class TabularModel
{
    private const int RowsPerBlock = 1024;

    /// <summary>Puts the parts together.</summary>
    /// <exception cref="ArgumentException">They do not fit one another.</exception>
    public TabularModel(FeaturePlan plan, TargetEncoding target, IModel model, ModelLineage lineage)
    {
        if (!Fit(plan, target, model))
        {
            throw new ArgumentException($"A plan of {plan.Features.Count} features, a model of {model.FeatureCount} features and {model.OutputCount} outputs, and a target of {target.Classes.Count} classes do not fit.", nameof(model));
        }

        (Plan, Target, Model, Lineage) = (plan, target, model, lineage);
    }

    private TabularModel(TabularModel other)
        : this(other.Plan, other.Target, other.Model, other.Lineage) =>
        (Calibration, Reference) = (other.Calibration, other.Reference);

    /// <summary>How columns become features.</summary>
    public FeaturePlan Plan { get; }

    /// <summary>What is predicted.</summary>
    public TargetEncoding Target { get; }

    /// <summary>The model over features.</summary>
    public IModel Model { get; }

    /// <summary>Where it comes from.</summary>
    public ModelLineage Lineage { get; private init; }

    /// <summary>What its probabilities go through before they are given out; null for none.</summary>
    public ProbabilityCalibration? Calibration { get; private init; }

    /// <summary>The distributions of its training rows, the target among them: what drift is seen against; null when they were not kept.</summary>
    public TableSketch? Reference { get; private init; }

    /// <summary>The columns that a row to predict has, in the order of its cells.</summary>
    public TableSchema Inputs => Plan.Inputs;

    /// <summary>What it predicts.</summary>
    public LearningTask Task => Target.Task;

    /// <summary>Labels in the order of the outputs: classes, normal and anomaly, or clusters; empty for regression.</summary>
    public IReadOnlyList<string> Classes => Target.Classes;

    /// <summary>Values per predicted row: one per label (for classes their probabilities), or 1.</summary>
    public int OutputCount => Model.OutputCount;

    /// <summary>Values that <see cref="Predict(ReadOnlySpan{Cell}, Span{double}, Span{double})"/> needs as scratch space.</summary>
    public int ScratchLength => Model.FeatureCount;

    /// <summary>Predicts one row without allocating.</summary>
    /// <param name="row">One cell per column of <see cref="Inputs"/>, in that order.</param>
    /// <param name="output">Receives <see cref="OutputCount"/> values.</param>
    /// <param name="scratch">Receives the row's <see cref="ScratchLength"/> features.</param>
    /// <exception cref="LearningException">A cell does not fit its column; the field names it.</exception>
    public void Predict(ReadOnlySpan<Cell> row, Span<double> output, Span<double> scratch)
    {
        Span<double> features = scratch[..ScratchLength];
        Plan.Transform(row, features);
        Predict(features, output);
    }

    /// <summary>Predicts every row of a table; a target column is ignored.</summary>
    /// <param name="rows">Columns are found by name; a missing one is missing in every row.</param>
    /// <param name="maximumThreads">Threads at most; the result is the same for any.</param>
    /// <param name="cancellationToken">Observed every thousand rows.</param>
    /// <returns>Row-major, <see cref="OutputCount"/> values per row.</returns>
    /// <exception cref="LearningException">A value does not fit its column; the field names it.</exception>
    public double[] Predict(Table rows, int maximumThreads = 1, CancellationToken cancellationToken = default) =>
        Predict(Plan.Transform(rows, cancellationToken), maximumThreads, cancellationToken);

    // Some 10 ms of multiplications between two looks at the token.
    private static int RowsPerLook(long workPerRow) => (int)Math.Clamp((1L << 24) / Math.Max(workPerRow, 1), 1, RowsPerBlock);

    private double[] Predict(FeatureMatrix matrix, int maximumThreads, CancellationToken cancellationToken)
    {
        double[] outputs = new double[checked(matrix.RowCount * OutputCount)];
        int blocks = (matrix.RowCount + RowsPerBlock - 1) / RowsPerBlock;
        ParallelWork.For(blocks, maximumThreads, cancellationToken, block =>
        {
            int start = block * RowsPerBlock;
            Span<double> own = outputs.AsSpan(start * OutputCount, Math.Min(RowsPerBlock, matrix.RowCount - start) * OutputCount);
            int piece = RowsPerLook(Model.WorkPerRow) * OutputCount;
            for (int done = 0; done < own.Length; done += piece)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Model.PredictRows(matrix, start + (done / OutputCount), own.Slice(done, Math.Min(piece, own.Length - done)));
            }

            for (int row = 0; Calibration is not null && row < own.Length; row += OutputCount)
            {
                Calibration.Apply(own.Slice(row, OutputCount));
            }
        });
        return outputs;
    }

    /// <summary>Compares predictions with the truth; without labels, says what can be said of the predictions alone. Rows without a target are left out.</summary>
    /// <exception cref="LearningException">No row has a target (<c>no_rows</c>), or a class was never seen (<c>target_class_unknown</c>).</exception>
    public Evaluation Evaluate(Table rows, int maximumThreads = 1, CancellationToken cancellationToken = default)
    {
        EncodedTarget truth = Target.Encode(rows, cancellationToken);
        Table labelled = truth.Rows.Length == rows.RowCount ? rows : rows.SelectRows(truth.Rows, cancellationToken);
        FeatureMatrix matrix = Plan.Transform(labelled, cancellationToken);
        double[] outputs = Predict(matrix, maximumThreads, cancellationToken);
        return Task == LearningTask.Clustering
            ? ClusterEvaluation.Of(Model, matrix, outputs)
            : Evaluator.Labelled(Task, Target.HasColumn ? truth.Labels : [], outputs, Classes);
    }

    /// <summary>The same model with other lineage, for example once it has been evaluated.</summary>
    public TabularModel With(ModelLineage lineage) => new(this) { Lineage = lineage };

    /// <summary>The same model with the distributions of its training rows.</summary>
    public TabularModel With(TableSketch? reference) => new(this) { Reference = reference };

    /// <summary>The same model with its probabilities going through curves that are known already; null for none.</summary>
    /// <exception cref="ArgumentException">The curves are for another number of classes.</exception>
    public TabularModel With(ProbabilityCalibration? calibration) => calibration is null || calibration.ClassCount == Classes.Count
        ? new(this) { Calibration = calibration }
        : throw new ArgumentException($"Curves of {calibration.ClassCount} classes do not fit a model of {Classes.Count}.", nameof(calibration));

    /// <summary>The same model with its probabilities calibrated; an earlier calibration is replaced.</summary>
    /// <param name="rows">Rows that the model has not seen, with their target; rows without one are left out.</param>
    /// <param name="method">The kind of curve.</param>
    /// <param name="maximumThreads">Threads at most; the result is the same for any.</param>
    /// <param name="cancellationToken">Observed every thousand rows.</param>
    /// <exception cref="LearningException">
    /// <c>calibration_needs_classes</c>: the model predicts numbers; <c>calibration_one_class</c>: the rows lack a class, or
    /// hold only one; or the rows do not fit the model.
    /// </exception>
    public TabularModel Calibrate(Table rows, CalibrationMethod method, int maximumThreads = 1, CancellationToken cancellationToken = default)
    {
        if (Task != LearningTask.Classification)
        {
            throw new LearningException("calibration_needs_classes", "Only probabilities of classes can be calibrated, and this model predicts none.");
        }

        EncodedTarget truth = Target.Encode(rows, cancellationToken);
        double[] outputs = With(calibration: null).Predict(rows.SelectRows(truth.Rows, cancellationToken), maximumThreads, cancellationToken);
        return With(ProbabilityCalibration.Fit(method, outputs, truth.Labels, Classes.Count, cancellationToken));
    }

    /// <summary>Predicts one row of features without allocating.</summary>
    internal void Predict(ReadOnlySpan<double> features, Span<double> output)
    {
        Model.Predict(features, output);
        Calibration?.Apply(output[..OutputCount]);
    }

    /// <summary>Predicts several rows of features, each as <see cref="Predict(ReadOnlySpan{double}, Span{double})"/> does to the bit.</summary>
    internal void PredictRows(ReadOnlySpan<double> features, Span<double> outputs)
    {
        Model.PredictRows(features, outputs);
        for (int row = 0; Calibration is not null && row < outputs.Length; row += OutputCount)
        {
            Calibration.Apply(outputs.Slice(row, OutputCount));
        }
    }

    internal static bool Fit(FeaturePlan plan, TargetEncoding target, IModel model)
    {
        int outputs = target.Task.PredictsLabels() ? target.Classes.Count : 1;
        return model.FeatureCount == plan.Features.Count && model.OutputCount == outputs;
    }
}
