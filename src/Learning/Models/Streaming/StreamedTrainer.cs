using Trainyard.Learning.Data;
using Trainyard.Learning.Data.Blocks;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Boosting;
using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Sketches;
using Trainyard.Learning.Splitting;

namespace Trainyard.Learning.Models.Streaming;

/// <summary>Fits boosted trees on the rows of a file that need not fit into memory.</summary>
/// <remarks>
/// The file is read twice: first for types, labels, the feature plan and a sample of rows, from which bins are chosen; then
/// every feature of a row becomes the byte of its bin. Where the first reading finds a column of several types, such as a
/// word among numbers, the file is read once more, with that column as categories.
/// Types, plan, target and sketch are those of <see cref="TabularTrainer"/> on the same table, and so is the model, to the
/// byte, below 200,000 rows and 8,388,608 values (of a text column: values of its features). Past that, cuts between bins
/// are chosen from evenly spread rows, as there, but other ones. Of a text column whose distinct values are over 8 MiB, the
/// rest of them count as rare categories. A sketch of more than 83 columns looks at fewer rows.
/// Memory: a byte a feature and row (features made up to a multiple of eight), some 55 bytes a row for labels, scores, gradients and row numbers, and about 100 MB beside.
/// </remarks>
public static class StreamedTrainer
{
    /// <summary>Fits a model.</summary>
    /// <param name="fit">What is asked for.</param>
    /// <param name="cancellationToken">Observed at every read and in every round.</param>
    /// <exception cref="LearningException">
    /// Those of <see cref="CsvSource"/> or <see cref="NdjsonSource"/>, of <see cref="TargetEncoding.Infer"/>, of the plan, the
    /// constraints and the learner; <c>split_fractions_invalid</c>; <c>source_changed</c> when a later reading finds another file.
    /// </exception>
    public static TabularModel Fit(StreamedFit fit, CancellationToken cancellationToken = default)
    {
        GradientBoostingLearner learner = new();
        Check(fit, learner);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = fit.Options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        RowParts parts = new(fit.ValidationFraction, fit.Options.Seed);
        FileFindings file = Look(fit, learner, parts, parallel);
        TrainingSet set = Set(file, fit, file.TrainingLabels) with
        {
            Monotone = TabularTrainer.Monotone(file.Plan, file.Schema, file.Target, fit.Monotone),
            Validation = file.HeldOutLabels.Length == 0 ? null : Set(file, fit, file.HeldOutLabels),
        };
        TrainingSetChecks.Check(learner, set, fit.Settings);
        learner.CheckMemory(set, fit.Options);

        Memory.LetGo();
        (PackedBins training, PackedBins heldOut, TableSketch? sketch) = Bin(fit, parts, file, parallel);
        Memory.LetGo();
        IModel model = learner.FitBinned(set, training, set.Validation is null ? null : heldOut, fit.Settings, fit.Options, cancellationToken);
        return new TabularModel(file.Plan, file.Target, model, Lineage(fit, file)).With(sketch);
    }

    private static void Check(StreamedFit fit, GradientBoostingLearner learner)
    {
        new SplitFractions(fit.ValidationFraction, 0).Validate();
        (fit.PlanOptions ?? FeaturePlanOptions.Default).Validate();
        fit.Settings.Validate(learner.HyperParameters);
        if (fit.Task is { } task)
        {
            TrainingSetChecks.CheckTask(learner, task);
        }
    }

    private static FileFindings Look(StreamedFit fit, GradientBoostingLearner learner, RowParts parts, ParallelOptions parallel)
    {
        FirstReading reading = new(fit, parts, learner.Needs, new Dictionary<string, ColumnType>(), 1);
        string hash = fit.Rows.Read(reading, parallel.CancellationToken);
        int readings = 1;
        if (reading.Mixed.ToArray() is { Length: > 0 } mixed)
        {
            reading = new FirstReading(fit, parts, learner.Needs, mixed.ToDictionary(name => name, _ => ColumnType.Category, StringComparer.Ordinal), ++readings);
            ReadAgain(fit, reading, hash, parallel.CancellationToken);
        }

        TargetEncoding target = TargetEncoding.Infer(new Table([reading.Labels()]), fit.Target, fit.Task);
        FeaturePlan plan = reading.Plan();
        FeatureBins[] bins = reading.ChooseBins(plan, BoostingSettings.BinsOf(fit.Settings), parallel);
        EncodedTarget encoded = target.Encode(new Table([reading.Labels()]));
        return new FileFindings(hash, reading.Schema, plan, bins, target, LabelsOf(encoded, row => !parts.IsHeldOut(row)), LabelsOf(encoded, parts.IsHeldOut), readings);
    }

    private static double[] LabelsOf(EncodedTarget encoded, Predicate<int> isWanted)
    {
        double[] labels = new double[encoded.Rows.Count(row => isWanted(row))];
        int count = 0;
        for (int index = 0; index < encoded.Rows.Length; index++)
        {
            if (isWanted(encoded.Rows[index]))
            {
                labels[count++] = encoded.Labels[index];
            }
        }

        return labels;
    }

    private static (PackedBins Training, PackedBins HeldOut, TableSketch? Sketch) Bin(StreamedFit fit, RowParts parts, FileFindings file, ParallelOptions parallel)
    {
        SecondReading reading = new(fit, parts, file, file.Readings + 1);
        ReadAgain(fit, reading, file.Sha256, parallel.CancellationToken);
        return reading.Finish(parallel.MaxDegreeOfParallelism, parallel.CancellationToken);
    }

    /// <summary>Reads a file that was readable before; whatever is wrong with it now, it has changed.</summary>
    private static void ReadAgain(StreamedFit fit, IRowBlocks reading, string hash, CancellationToken cancellationToken)
    {
        string found;
        try
        {
            found = fit.Rows.Read(reading, cancellationToken);
        }
        catch (LearningException failure) when (failure.Code != "source_changed")
        {
            throw SecondReading.Changed(failure);
        }

        if (found != hash)
        {
            throw SecondReading.Changed();
        }
    }

    private static TrainingSet Set(FileFindings file, StreamedFit fit, double[] labels) =>
        TabularTrainer.Weighed(new TrainingSet(FeatureMatrix.WithoutValues(file.Plan.Features, labels.Length), labels, file.Target.Task, file.Target.Classes.Count), fit.BalanceClasses);

    private static ModelLineage Lineage(StreamedFit fit, FileFindings file) => new()
    {
        Learner = GradientBoostingLearner.LearnerName,
        Settings = fit.Settings.Values,
        Monotone = fit.Monotone is { Count: > 0 } ? fit.Monotone : null,
        BalanceClasses = fit.BalanceClasses ? true : null,
        Seed = fit.Options.Seed,
        TrainingRows = file.TrainingLabels.Length,
        LibraryVersion = TabularTrainer.LibraryVersion,
        Dataset = fit.Dataset,
        DatasetSha256 = file.Sha256,
    };
}
