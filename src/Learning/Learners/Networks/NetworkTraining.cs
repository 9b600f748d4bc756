using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Networks;

/// <summary>The training of a network on a training set, epoch by epoch, that can be put down and taken up again. Not thread safe.</summary>
/// <remarks>Training that is taken up from a checkpoint ends in the same bytes as training that was never put down.</remarks>
public sealed class NetworkTraining
{
    private const int CheckpointVersion = 1;

    private readonly string learner;
    private readonly NetworkShape shape;
    private readonly NetworkScale scale;
    private readonly NetworkFitter fitter;
    private readonly Lazy<string> fingerprint;

    private NetworkTraining(string learner, NetworkShape shape, NetworkScale scale, NetworkFitter fitter, Lazy<string> fingerprint)
    {
        this.learner = learner;
        this.shape = shape;
        this.scale = scale;
        this.fitter = fitter;
        this.fingerprint = fingerprint;
    }

    /// <summary>Epochs done.</summary>
    public int Epoch => fitter.Epoch;

    /// <summary>True once all epochs are done, or the loss has not fallen for as many as the settings allow.</summary>
    public bool IsDone => fitter.IsDone;

    /// <summary>Begins, or goes on from a checkpoint.</summary>
    /// <param name="learner">One of the network learners.</param>
    /// <param name="set">What to learn from.</param>
    /// <param name="settings">Hyper-parameters.</param>
    /// <param name="options">Seed, threads, progress.</param>
    /// <param name="checkpoint">What <see cref="Checkpoint"/> returned for the same set, settings and seed; null to begin.</param>
    /// <param name="cancellationToken">Observed while the rows are laid out.</param>
    /// <exception cref="LearningException">As <see cref="ILearner.Fit"/>, or <c>checkpoint_invalid</c>.</exception>
    public static NetworkTraining Start(INetworkLearner learner, TrainingSet set, LearnerSettings settings, FitOptions options, ReadOnlyMemory<byte>? checkpoint = null, CancellationToken cancellationToken = default)
    {
        TrainingSetChecks.Check(learner, set, settings);
        NetworkShape layers = learner.Shape(set, settings);
        layers.CheckSize();
        double numbers = layers.LongParameterCount;
        FitMemory.Check(learner, set, options, ((double)set.Features.RowCount * set.Features.FeatureCount) + (NetworkFitter.HeldVectors * numbers), numbers);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        _ = DenseFeatures.Of(set.Features, parallel);
        NetworkScale taken = learner.Scale(set, cancellationToken);
        Examples? validation = null;
        if (set.Validation is { } held)
        {
            _ = DenseFeatures.Of(held.Features, parallel);
            validation = ExamplesOf(held, taken, cancellationToken);
        }

        NetworkFitter epochs = new(layers.Build(), ExamplesOf(set, taken, cancellationToken), validation, NetworkSettings.From(settings), options);
        NetworkTraining training = new(learner.Name, layers, taken, epochs, new Lazy<string>(() => Fingerprint(learner, set, settings, layers, options.Seed)));
        if (checkpoint is { } bytes)
        {
            training.Restore(bytes);
        }

        return training;
    }

    /// <summary>Runs every epoch that is left.</summary>
    internal static IModel Fit(INetworkLearner learner, TrainingSet set, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        NetworkTraining training = Start(learner, set, settings, options, checkpoint: null, cancellationToken);
        while (!training.IsDone)
        {
            training.RunEpoch(cancellationToken);
        }

        return training.ToModel();
    }

    /// <summary>Passes over the rows once, and reports its losses to the options' progress.</summary>
    /// <param name="cancellationToken">Observed at every row; training that was cancelled within an epoch goes on from its last checkpoint only.</param>
    public void RunEpoch(CancellationToken cancellationToken) => fitter.RunEpoch(cancellationToken);

    /// <summary>Everything needed to go on after the last whole epoch.</summary>
    public byte[] Checkpoint()
    {
        SectionWriter writer = new();
        writer.WriteInt32(CheckpointVersion);
        writer.WriteString(fingerprint.Value);
        fitter.Save(writer);
        return writer.Written.ToArray();
    }

    /// <summary>The model as it is: of the best epoch where validation rows tell, else of the last.</summary>
    public IModel ToModel() => new NetworkModel(learner, shape, (double[])fitter.Result.Clone(), scale);

    private void Restore(ReadOnlyMemory<byte> checkpoint)
    {
        SectionReader reader = new("checkpoint", checkpoint);
        try
        {
            if (reader.ReadInt32() != CheckpointVersion || reader.ReadString() != fingerprint.Value)
            {
                throw new LearningException("checkpoint_invalid", "The checkpoint is of other data, settings, seed or version; train from the beginning.", "checkpoint");
            }

            fitter.Restore(reader);
        }
        catch (LearningException failure) when (failure.Code.StartsWith("model_file_", StringComparison.Ordinal))
        {
            throw new LearningException("checkpoint_invalid", $"The checkpoint cannot be read: {failure.Message}", "checkpoint", failure);
        }
    }

    private static Examples ExamplesOf(TrainingSet set, NetworkScale scale, CancellationToken cancellationToken)
    {
        double[][] rows = Examples.RowsOf(set.Features, cancellationToken);
        foreach (double[] row in rows)
        {
            scale.Apply(row, row);
        }

        return new Examples(rows, Array.ConvertAll(set.Labels, label => (label - scale.LabelMean) / scale.LabelDeviation), set.Weights);
    }

    /// <summary>The hash of what a checkpoint must agree on.</summary>
    private static string Fingerprint(INetworkLearner learner, TrainingSet set, LearnerSettings settings, NetworkShape shape, ulong seed)
    {
        SectionWriter writer = new();
        writer.WriteString(learner.Name);
        shape.Write(writer);
        writer.WriteDouble(BitConverter.UInt64BitsToDouble(seed));
        foreach (HyperParameter parameter in learner.HyperParameters)
        {
            writer.WriteDouble(settings.Get(parameter));
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(writer.Written.Span);
        foreach (TrainingSet part in set.Validation is null ? [set] : (TrainingSet[])[set, set.Validation])
        {
            hash.AppendData(MemoryMarshal.AsBytes<double>(part.Labels));
            hash.AppendData(MemoryMarshal.AsBytes<double>(part.Weights));
            for (int feature = 0; feature < part.Features.FeatureCount; feature++)
            {
                hash.AppendData(MemoryMarshal.AsBytes(part.Features.Column(feature)));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
