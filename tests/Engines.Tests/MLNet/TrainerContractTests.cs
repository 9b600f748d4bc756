using Trainyard.Learning;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Tests.Learners;

namespace Trainyard.Engines.Tests.MLNet;

/// <summary>What holds for every trainer of Microsoft.ML and every task, as it does for learners of ours.</summary>
public class TrainerContractTests
{
    public static TheoryData<string, LearningTask> Pairs => Fits.Pairs;

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Predict_OnOrdinaryRows_GivesProbabilitiesOrANumber(string learner, LearningTask task)
    {
        TrainingSet set = Fits.Set(task);
        IModel model = Fits.Fit(learner, set);

        double[] outputs = model.PredictAll(set.Features);

        Assert.All(outputs, value => Assert.True(double.IsFinite(value)));
        Assert.True(outputs.Chunk(model.OutputCount).Select(row => row[^1]).Distinct().Count() > 1, "Every row has the same answer.");
        if (task.PredictsLabels())
        {
            Assert.All(outputs.Chunk(model.OutputCount), row => Assert.Equal(1, row.Sum(), 1e-12));
            Assert.All(outputs, value => Assert.InRange(value, 0, 1));
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Read_OfWhatWasWritten_PredictsTheSameBits(string learner, LearningTask task)
    {
        TrainingSet set = Fits.Set(task);
        IModel model = Fits.Fit(learner, set);
        byte[] written = Fits.Written(model);

        IModel back = Fits.Read(learner, written);

        Assert.Equal(model.PredictAll(set.Features), back.PredictAll(set.Features));
        Assert.Equal(written, Fits.Written(back));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_Again_AtAnyThreadCount_WritesTheSameBytes(string learner, LearningTask task)
    {
        TrainingSet set = Fits.Set(task);
        byte[] first = Fits.Written(Fits.Fit(learner, set));

        Assert.Equal(first, Fits.Written(Fits.Fit(learner, set)));
        Assert.Equal(first, Fits.Written(Fits.Fit(learner, set, threads: 4)));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void PredictRows_InAnyPiece_GivesTheBitsOfRowByRow(string learner, LearningTask task)
    {
        TrainingSet set = Fits.Set(task);
        IModel model = Fits.Fit(learner, set);
        double[] expected = model.PredictAll(set.Features);

        Assert.All([(0, 150), (3, 1), (7, 66), (149, 1), (5, 0)], piece =>
        {
            (int start, int count) = piece;
            double[] outputs = new double[count * model.OutputCount];
            model.PredictRows(set.Features, start, outputs);
            Assert.Equal(expected.AsSpan(start * model.OutputCount, outputs.Length).ToArray(), outputs);
        });
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Predict_FromManyThreads_GivesTheBitsOfOne(string learner, LearningTask task)
    {
        TrainingSet set = Fits.Set(task);
        IModel model = Fits.Fit(learner, set);
        double[] expected = model.PredictAll(set.Features);

        Parallel.For(0, 16, _ => Assert.Equal(expected, model.PredictAll(set.Features)));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_RowsOfWeightZero_AreAsIfTheyWereNotThere(string learner, LearningTask task)
    {
        TrainingSet whole = Fits.Set(task);
        int[] kept = [.. Enumerable.Range(0, 150).Where(row => row % 10 != 0)];
        double[] weights = [.. Enumerable.Range(0, 150).Select(row => row % 10 != 0 ? 1.0 : 0)];
        double[] ones = new double[kept.Length];
        Array.Fill(ones, 1);

        double[] weighted = Fits.Fit(learner, whole with { Weights = weights }).PredictAll(whole.Features);
        double[] without = Fits.Fit(learner, whole.SelectRows(kept) with { Weights = ones }).PredictAll(whole.Features);

        // Where an anomaly begins is told from all rows of the set.
        Assert.All(weighted, (value, index) => Assert.Equal(without[index], value, task == LearningTask.AnomalyDetection ? 0.1 : 1e-9));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_WithoutFeatures_PredictsOrSaysWhyNot(string learner, LearningTask task)
    {
        FeatureMatrix none = new([], [], 40);
        TrainingSet set = new(none, [.. Enumerable.Range(0, 40).Select(row => (double)(row % 3))], task, 3);

        Exception? failure = Record.Exception(() => Assert.All(Fits.Fit(learner, set).Predict(), value => Assert.True(double.IsFinite(value))));

        Assert.True(failure is null or LearningException { Code: "engine_failed" }, $"{failure}");
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_WhatNoLearnerTakes_SaysSo(string learner, LearningTask task)
    {
        TrainingSet set = Fits.Set(task);
        string Refusal(TrainingSet refused, params (string Name, double Value)[] settings) => Assert.Throws<LearningException>(() => Fits.Fit(learner, refused, Some.Settings(settings))).Code;

        Assert.Equal("setting_unknown", Refusal(set, ("charm", 1)));
        Assert.Equal("no_rows", Refusal(set.SelectRows([])));
        Assert.Equal("feature_not_finite", Refusal(set with { Features = Some.Numbers([.. Enumerable.Repeat(double.NaN, 150)]) }));
        Assert.Equal("monotone_unsupported", Refusal(set with { Monotone = new Dictionary<string, int>(StringComparer.Ordinal) { [set.Features.Features[0].Name] = 1 } }));
        foreach (HyperParameter parameter in LearnerCatalog.Get(learner).HyperParameters)
        {
            Assert.Equal("setting_out_of_range", Refusal(set, (parameter.Name, (parameter.Maximum * 2) + 1)));
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fit_Cancelled_Throws(string learner, LearningTask task) => Assert.ThrowsAny<OperationCanceledException>(() =>
        LearnerCatalog.Get(learner).Fit(Fits.Set(task), Fits.Quick(learner), new FitOptions(1), new CancellationToken(canceled: true)));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Read_ACutOrAChangedHeader_IsRefusedAndNothingElse(string learner, LearningTask task)
    {
        byte[] whole = Fits.Written(Fits.Fit(learner, Fits.Set(task)));
        foreach (int cut in new[] { 0, 3, 9, 20, whole.Length / 2, whole.Length - 1 })
        {
            Assert.Throws<LearningException>(() => Fits.Read(learner, whole[..cut]));
        }

        for (int place = 0; place < 12; place++)
        {
            byte[] changed = [.. whole];
            changed[place] ^= 0xFF;
            Exception? failure = Record.Exception(() => Fits.Read(learner, changed));
            Assert.True(failure is LearningException, $"{place}: {failure}");
        }
    }
}
