using Microsoft.ML;
using Trainyard.Learning;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Anomalies;
using Trainyard.Learning.Learners.Dense;
using Trainyard.MLNet.Models;
using Trainyard.MLNet.Rows;

namespace Trainyard.MLNet.Trainers;

/// <summary>A trainer of Microsoft.ML as a learner.</summary>
/// <remarks>
/// It trains in one thread, from a context with the seed, so that the same rows give the same model. A cancellation is
/// seen whenever rows are read and not in the midst of a trainer's own loop: Microsoft.ML keeps its way to stop a trainer internal.
/// </remarks>
internal sealed class TrainerLearner(Trainer trainer) : ILearner
{
    /// <summary>Copies of the rows in single precision that a fit holds: those it reads and those it keeps.</summary>
    private const double Copies = 1;

    /// <summary>The error that counts as half an anomaly at least: those below are rounding.</summary>
    private const double LeastError = 1e-6;

    public string Name => trainer.Name;

    public IReadOnlyList<LearningTask> Tasks => trainer.Tasks;

    public FeatureNeeds Needs => trainer.Needs;

    public IReadOnlyList<HyperParameter> HyperParameters => trainer.HyperParameters;

    public IModel Fit(TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TrainingSetChecks.Check(this, set, settings);
        FitMemory.Check(this, set, options, Copies * set.Features.RowCount * Math.Max(set.Features.FeatureCount, 1));
        FiniteFeatures.Check(set.Features, cancellationToken);
        if (set.Task == LearningTask.Classification && set.ClassCount > OutputMap.ClassOutputs.MaximumClasses)
        {
            throw new LearningException("too_many_classes", $"There are {set.ClassCount} classes; '{Name}' takes at most {OutputMap.ClassOutputs.MaximumClasses}.");
        }

        ExampleRows rows = new(set);
        bool isAsked = set.Task != LearningTask.Classification || rows.Classes.Length > 1;
        byte[] zip = isAsked ? EngineCall.Run(Name, () => Train(set, rows, settings, options, cancellationToken), cancellationToken) : [];
        TransformerModel model = TransformerModel.Of(Name, set.Features.FeatureCount, OutputsOf(set, rows, settings), zip);
        if (set.Task == LearningTask.AnomalyDetection)
        {
            model = TransformerModel.Of(Name, set.Features.FeatureCount, new OutputMap.AnomalyOutput(Threshold(model, set, settings, cancellationToken)), zip);
        }

        options.Progress?.Report(new FitProgress(1, 1, null, null));
        return model;
    }

    private byte[] Train(TrainingSet set, ExampleRows rows, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        int seed = SeedOf(options.Seed);
        MLContext context = new(seed);
        IDataView view = rows.ToView(context, cancellationToken);
        TrainerRequest request = new(
            context, set.Task, rows.Classes.Length, rows.Count, Math.Max(set.Features.FeatureCount, ExampleSchema.LeastWidth), rows.WeightColumn, seed, settings);
        ITransformer fitted = trainer.Build(request).Fit(view);
        cancellationToken.ThrowIfCancellationRequested();
        return ModelZip.Save(context, fitted, view.Schema);
    }

    private static OutputMap OutputsOf(TrainingSet set, ExampleRows rows, LearnerSettings settings) => set.Task switch
    {
        LearningTask.Classification => new OutputMap.ClassOutputs(set.ClassCount, rows.Classes),
        LearningTask.Regression => new OutputMap.NumberOutput(rows.Mean, rows.Scale),
        LearningTask.Clustering => new OutputMap.ClusterOutputs(UnlabelledTrainers.ClustersOf(settings, rows.Count)),

        // Until the errors of the training rows are known.
        _ => new OutputMap.AnomalyOutput(1),
    };

    /// <summary>The error that the wanted share of the training rows passes; with a threshold of 1 a score s stands for the error s / (1 - s).</summary>
    private static double Threshold(TransformerModel model, TrainingSet set, LearnerSettings settings, CancellationToken cancellationToken)
    {
        double[] errors = new double[set.Features.RowCount];
        double[] row = new double[set.Features.FeatureCount];
        double[] output = new double[model.OutputCount];
        for (int index = 0; index < errors.Length; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            set.Features.CopyRow(index, row);
            model.Predict(row, output);
            errors[index] = output[1] / output[0];
        }

        return Math.Max(AnomalyOutputs.Threshold(errors, settings.Get(UnlabelledTrainers.Contamination)), LeastError);
    }

    // Contexts and trainers take seeds of 31 bits.
    private static int SeedOf(ulong seed) => (int)((seed ^ (seed >> 32)) & int.MaxValue);
}
