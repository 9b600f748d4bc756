using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Networks;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Tests.Witness;

namespace Trainyard.Learning.Tests.Learners;

public class NetworkTrainingTests(Xunit.Abstractions.ITestOutputHelper output)
{
    public static TheoryData<int> Witnesses { get; } = [0, 1];

    /// <summary>See Witness/neural_network.py.</summary>
    [Theory]
    [MemberData(nameof(Witnesses))]
    public void Fit_OnDigits_IsAsGoodAsTheWitness(int index)
    {
        WitnessCase witness = WitnessFile.Read<WitnessCase[]>("neural_network.json")[index];
        (TrainingSet training, TrainingSet held) = Split(Samples.Load("digits", standardize: true));
        (string, double)[] settings = [("hidden_units", witness.Units), ("hidden_layers", witness.Layers), ("activation", witness.Activation)];

        double accuracy = Evaluator.Classification(held.Labels, Some.Fit("neural_network", training, settings).PredictAll(held.Features), [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")]).Value("accuracy");

        output.WriteLine($"accuracy {accuracy:F4}, scikit-learn {witness.Accuracy:F4} on average of {witness.Accuracies.Length} seeds");
        Assert.True(accuracy >= witness.Accuracy - 0.01, $"accuracy {accuracy}, witness {witness.Accuracy}");
    }

    [Theory]
    [InlineData("neural_network", false)]
    [InlineData("neural_network", true)]
    [InlineData("sequence_network", true)]
    public void Start_FromACheckpoint_EndsInTheSameBytes(string learner, bool validates)
    {
        TrainingSet set = Set(validates);
        INetworkLearner network = (INetworkLearner)LearnerCatalog.Get(learner);
        LearnerSettings settings = Some.Settings(("epochs", 8), ("batch_rows", 40));
        byte[] whole = Bytes(network.Fit(set, settings, new FitOptions(1), default));
        NetworkTraining training = NetworkTraining.Start(network, set, settings, new FitOptions(1));
        while (!training.IsDone)
        {
            training.RunEpoch(default);
            training = NetworkTraining.Start(network, set, settings, new FitOptions(1) { MaxDegreeOfParallelism = 1 + (training.Epoch % 3) }, training.Checkpoint());
        }

        Assert.Equal(8, training.Epoch);
        Assert.Equal(whole, Bytes(training.ToModel()));
    }

    [Fact]
    public void Start_FromACheckpointOfSomethingElse_SaysSo()
    {
        TrainingSet set = Set(validates: false);
        NeuralNetworkLearner learner = new();
        NetworkTraining training = NetworkTraining.Start(learner, set, LearnerSettings.Defaults, new FitOptions(1));
        byte[] checkpoint = training.Checkpoint();

        Assert.All(
            (Action[])
            [
                () => NetworkTraining.Start(learner, set, LearnerSettings.Defaults, new FitOptions(2), checkpoint),
                () => NetworkTraining.Start(learner, set, Some.Settings(("l2", 1)), new FitOptions(1), checkpoint),
                () => NetworkTraining.Start(learner, set.SelectRows([0, 1, 2, 60, 110]), LearnerSettings.Defaults, new FitOptions(1), checkpoint),
                () => NetworkTraining.Start(learner, set, LearnerSettings.Defaults, new FitOptions(1), checkpoint.AsMemory(0, 300)),
                () => NetworkTraining.Start(learner, set, LearnerSettings.Defaults, new FitOptions(1), (byte[])[1, 2, 3]),
            ],
            start => Assert.Equal("checkpoint_invalid", Assert.Throws<LearningException>(start).Code));
    }

    [Fact]
    public void Fit_WithValidationRows_StopsEarlyAndKeepsTheBestEpoch()
    {
        // Labels without rhyme or reason: what is learned of them is of no use to others.
        TrainingSet noise = Set(validates: false) with { };
        TrainingSet training = noise with { Labels = [.. noise.Labels.Select((_, row) => (double)(row * 7 % 3))] };
        Recorder recorder = new();
        TrainingSet set = training with { Validation = training with { Labels = [.. training.Labels.Select(label => (label + 1) % 3)] } };

        IModel model = new NeuralNetworkLearner().Fit(set, Some.Settings(("early_stopping_epochs", 4), ("learning_rate", 0.05)), new FitOptions(1) { Progress = recorder }, default);

        double best = recorder.Reports.Min(report => report.ValidationLoss!.Value);
        int at = recorder.Reports.FindIndex(report => report.ValidationLoss == best);
        Assert.True(recorder.Reports.Count <= at + 1 + 4 + 4, $"{recorder.Reports.Count} epochs, the best was {at + 1}");
        Assert.True(recorder.Reports.Count < 200);
        double loss = LogLoss.Mean([.. set.Validation.Labels.Select(label => (int)label)], model.PredictAll(set.Validation.Features), 3);
        Assert.Equal(best, loss, 1e-9);
    }

    [Fact]
    public void Fit_TellsItsProgressEveryEpoch()
    {
        Recorder recorder = new();
        new NeuralNetworkLearner().Fit(Set(validates: false), Some.Settings(("epochs", 5)), new FitOptions(1) { Progress = recorder }, default);
        Assert.Equal([1, 2, 3, 4, 5], recorder.Reports.Select(report => report.Iteration));
        Assert.All(recorder.Reports.Zip(recorder.Reports.Skip(1)), pair => Assert.True(pair.Second.TrainingLoss < pair.First.TrainingLoss));
    }

    [Fact]
    public void RunEpoch_OnceCancelled_Stops()
    {
        using CancellationTokenSource source = new();
        NetworkTraining training = NetworkTraining.Start(new NeuralNetworkLearner(), Set(validates: false), LearnerSettings.Defaults, new FitOptions(1));
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => training.RunEpoch(source.Token));
    }

    [Fact]
    public void Fit_CancelledAfterAnEpoch_Stops()
    {
        using CancellationTokenSource source = new();
        Cancelling progress = new(source);
        Assert.ThrowsAny<OperationCanceledException>(() => new NeuralNetworkLearner().Fit(Set(validates: false), LearnerSettings.Defaults, new FitOptions(1) { Progress = progress }, source.Token));
        Assert.Equal(1, progress.Epochs);
    }

    [Fact]
    public void Fit_WithoutHiddenLayers_IsLogisticRegression()
    {
        TrainingSet set = Samples.Load("iris", standardize: true);
        double[] network = Some.Fit("neural_network", set, ("hidden_layers", 0), ("l2", 1), ("epochs", 4000), ("learning_rate", 0.02), ("early_stopping_epochs", 4000)).PredictAll(set.Features);
        double[] regression = Some.Fit("logistic_regression", set, ("l2", 1)).PredictAll(set.Features);
        Assert.All(regression, (value, index) => Assert.Equal(value, network[index], 1e-4));
    }

    [Fact]
    public void Fit_OfASequence_RemembersItsBeginning()
    {
        // The label is the first of twelve steps; what follows is noise.
        double[][] columns = [.. Enumerable.Range(0, 12).Select(step => Enumerable.Range(0, 200).Select(row => (double)((((row + 1) * (step + 3) * 7919) >> 4) % 2)).ToArray())];
        TrainingSet set = Some.Classes(Some.Numbers(columns), 2, columns[0]);
        IModel model = Some.Fit("sequence_network", set, ("units", 6), ("epochs", 150), ("learning_rate", 0.03), ("batch_rows", 50));
        double[] outputs = model.PredictAll(set.Features);
        Assert.True(Enumerable.Range(0, 200).Count(row => outputs[(2 * row) + (int)columns[0][row]] > 0.5) >= 195);
    }

    [Theory]
    [InlineData("neural_network")]
    [InlineData("sequence_network")]
    public void Fit_OfLargeLabels_FollowsThem(string learner)
    {
        double[] x = [.. Enumerable.Range(0, 100).Select(row => (row - 50) / 25.0)];
        TrainingSet set = Some.Regression(Some.Numbers(x), [.. x.Select(value => 1e6 + (1e5 * value * value))]);
        IModel model = Some.Fit(learner, set, ("epochs", 400), ("learning_rate", 0.01), ("batch_rows", 20), ("early_stopping_epochs", 400));
        Assert.Equal(1e6, model.Predict(0)[0], 2e4);
        Assert.Equal(1.4e6, model.Predict(-2)[0], 5e4);
    }

    private static (TrainingSet Training, TrainingSet Held) Split(TrainingSet set)
    {
        ILookup<bool, int> rows = Enumerable.Range(0, set.Labels.Length).ToLookup(row => row % 5 == 0);
        return (set.SelectRows([.. rows[false]]), set.SelectRows([.. rows[true]]));
    }

    private static TrainingSet Set(bool validates)
    {
        (TrainingSet training, TrainingSet held) = Split(Samples.Load("iris", standardize: true));
        return validates ? training with { Validation = held } : training;
    }

    private static byte[] Bytes(IModel model)
    {
        SectionWriter writer = new();
        model.Write(writer);
        return writer.Written.ToArray();
    }

    private sealed class Recorder : IProgress<FitProgress>
    {
        public List<FitProgress> Reports { get; } = [];

        public void Report(FitProgress value) => Reports.Add(value);
    }

    private sealed class Cancelling(CancellationTokenSource source) : IProgress<FitProgress>
    {
        public int Epochs { get; private set; }

        public void Report(FitProgress value)
        {
            Epochs++;
            source.Cancel();
        }
    }

    public sealed record WitnessCase(int Units, int Layers, int Activation, double[] Accuracies, double Accuracy);
}
