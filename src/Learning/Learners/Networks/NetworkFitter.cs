using Trainyard.Learning.Binary;
using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Learners.Bayes;
using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Networks;

/// <summary>Trains a network, epoch after epoch. Mutable.</summary>
/// <remarks>
/// A batch is cut into parts whose bounds do not depend on the thread count; their derivatives are added in order. The order
/// of rows in an epoch depends on the seed and the epoch's number alone, so that a checkpoint needs no state of randomness.
/// </remarks>
internal sealed class NetworkFitter
{
    /// <summary>A loss that is lower by no more than this counts as none (scikit-learn's tol).</summary>
    private const double Tolerance = 1e-4;

    /// <summary>Derivatives below it, of a loss of order 1, are what rounding leaves of terms that cancel.</summary>
    private const double LeastSlope = 1e-12;

    private const int RowsPerPart = 32;
    private const int MaximumParts = 16;

    /// <summary>Derivatives held at once: 128 MB.</summary>
    private const int MaximumSlopes = 1 << 24;

    /// <summary>Lists as long as the parameters that are held at once: the parameters, the best, Adam's two, and at least one of derivatives.</summary>
    public const int HeldVectors = 5;

    private readonly Network network;
    private readonly Examples training;
    private readonly Examples? validation;
    private readonly NetworkSettings settings;
    private readonly FitOptions options;
    private readonly double[][] slopes;
    private readonly Adam adam;
    private double[] parameters;
    private double[] best;
    private double bestLoss = double.PositiveInfinity;
    private int waited;

    public NetworkFitter(Network network, Examples training, Examples? validation, NetworkSettings settings, FitOptions options)
    {
        this.network = network;
        this.training = training;
        this.validation = validation;
        this.settings = settings;
        this.options = options;
        parameters = new double[network.ParameterCount];
        best = parameters;
        adam = new Adam(parameters.Length);
        slopes = new double[Math.Clamp(MaximumSlopes / Math.Max(1, parameters.Length), 1, MaximumParts)][];
        for (int part = 0; part < slopes.Length; part++)
        {
            slopes[part] = new double[parameters.Length];
        }

        DeterministicRandom random = new(options.Seed);
        for (int layer = 0; layer < network.Layers.Count; layer++)
        {
            network.Layers[layer].Initialize(parameters.AsSpan(network.ParametersOf(layer)), random.Fork((ulong)layer));
        }

        BeginWithShares();
    }

    /// <summary>Epochs done.</summary>
    public int Epoch { get; private set; }

    public bool IsDone => Epoch >= settings.Epochs || waited >= settings.Patience;

    /// <summary>The parameters of the best epoch where validation rows tell, else of the last.</summary>
    public double[] Result => validation is null ? parameters : best;

    /// <summary>Passes over the training rows once.</summary>
    /// <exception cref="LearningException"><c>training_diverged</c>.</exception>
    public void RunEpoch(CancellationToken cancellationToken)
    {
        Epoch++;
        int[] order = [.. Enumerable.Range(0, training.Rows.Length)];
        new DeterministicRandom(options.Seed).Fork((ulong)(network.Layers.Count + Epoch)).Shuffle(order);
        double loss = 0;
        double weights = 0;
        for (int start = 0; start < order.Length; start += settings.BatchRows)
        {
            ReadOnlyMemory<int> batch = order.AsMemory(start, Math.Min(settings.BatchRows, order.Length - start));
            (double batchLoss, double batchWeights) = Step(batch, cancellationToken);
            loss += batchLoss;
            weights += batchWeights;
        }

        if (!Array.TrueForAll(parameters, double.IsFinite))
        {
            throw new LearningException("training_diverged", $"After epoch {Epoch} the network's weights are no numbers any more. Lower 'learning_rate', or scale the features.", "learning_rate");
        }

        double trainingLoss = loss / weights;
        double? validationLoss = validation is null ? null : Loss(validation, cancellationToken);
        Judge(validationLoss ?? trainingLoss);
        options.Progress?.Report(new FitProgress(Epoch, settings.Epochs, trainingLoss, validationLoss));
    }

    /// <summary>Everything that the epochs to come depend on, beside data, settings and seed.</summary>
    public void Save(SectionWriter writer)
    {
        writer.WriteInt32(Epoch);
        writer.WriteInt32(waited);
        writer.WriteInt32(adam.Steps);
        writer.WriteDouble(bestLoss);
        writer.WriteDoubles(parameters);
        writer.WriteDoubles(best);
        writer.WriteDoubles(adam.Means);
        writer.WriteDoubles(adam.Squares);
    }

    /// <summary>Takes up what <see cref="Save"/> wrote.</summary>
    public void Restore(SectionReader reader)
    {
        Epoch = reader.ReadInt32("epoch", 0, settings.Epochs);
        waited = reader.ReadInt32("epochs waited", 0, Epoch);
        adam.Steps = reader.ReadInt32("steps", 0, int.MaxValue);
        bestLoss = reader.ReadDouble();
        parameters = reader.ReadFiniteDoubles("parameters", parameters.Length);
        best = reader.ReadFiniteDoubles("best parameters", parameters.Length);
        reader.ReadFiniteDoubles("means", parameters.Length).CopyTo(adam.Means, 0);
        reader.ReadFiniteDoubles("squares", parameters.Length).CopyTo(adam.Squares, 0);
        reader.ExpectEnd();
    }

    /// <summary>The last layer's biases give each class its share before anything is learned.</summary>
    private void BeginWithShares()
    {
        if (network.Head != NetworkHead.Softmax)
        {
            return;
        }

        // Classes that do not occur must not begin at minus infinity.
        const double Least = 1e-6;
        double[] weights = training.Weights ?? [.. Enumerable.Repeat(1.0, training.Labels.Length)];
        double[] shares = ClassShares.Of(training.Labels, weights, network.OutputCount);
        for (int output = 0; output < shares.Length; output++)
        {
            parameters[parameters.Length - shares.Length + output] = Math.Log(Math.Max(shares[output], Least));
        }
    }

    private (double Loss, double Weights) Step(ReadOnlyMemory<int> batch, CancellationToken cancellationToken)
    {
        int parts = Math.Min(slopes.Length, (batch.Length + RowsPerPart - 1) / RowsPerPart);
        double[] losses = new double[parts];
        ParallelWork.For(parts, options.MaxDegreeOfParallelism, cancellationToken, part =>
        {
            int from = (int)((long)batch.Length * part / parts);
            int to = (int)((long)batch.Length * (part + 1) / parts);
            losses[part] = Pass(training, batch.Span[from..to], slopes[part], cancellationToken);
        });
        double weights = 0;
        foreach (int row in batch.Span)
        {
            weights += training.Weight(row);
        }

        if (weights > 0)
        {
            Move(parts, weights);
        }

        return (Vectors.Sum(losses), weights);
    }

    private void Move(int parts, double weights)
    {
        double[] sum = slopes[0];
        for (int part = 1; part < parts; part++)
        {
            Vectors.AddScaled(sum, 1, slopes[part]);
        }

        for (int layer = 0; layer < network.Layers.Count; layer++)
        {
            int start = network.ParametersOf(layer).Start.Value;
            int penalised = network.Layers[layer].PenalisedCount;
            Vectors.AddScaled(sum.AsSpan(start, penalised), settings.L2, parameters.AsSpan(start, penalised));
        }

        foreach (ref double slope in sum.AsSpan())
        {
            slope /= weights;

            // Adam asks only for ratios of derivatives, and would turn rounding into steps as long as any other.
            slope = Math.Abs(slope) < LeastSlope ? 0 : slope;
        }

        adam.Step(parameters, sum, settings.LearningRate);
    }

    /// <summary>The loss of some rows; their derivatives replace what is in <paramref name="sum"/> unless it is empty.</summary>
    private double Pass(Examples examples, ReadOnlySpan<int> rows, Span<double> sum, CancellationToken cancellationToken)
    {
        sum.Clear();
        double[] trace = new double[network.TraceCount];
        double loss = 0;
        foreach (int row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            loss += network.Loss(parameters, examples.Rows[row], examples.Labels[row], examples.Weight(row), trace, sum);
        }

        return loss;
    }

    private double Loss(Examples examples, CancellationToken cancellationToken)
    {
        const int rowsPerBlock = 1024;
        double[] losses = new double[(examples.Rows.Length + rowsPerBlock - 1) / rowsPerBlock];
        ParallelWork.For(losses.Length, options.MaxDegreeOfParallelism, cancellationToken, block =>
        {
            int[] rows = [.. Enumerable.Range(block * rowsPerBlock, Math.Min(rowsPerBlock, examples.Rows.Length - (block * rowsPerBlock)))];
            losses[block] = Pass(examples, rows, [], cancellationToken);
        });
        double weights = Enumerable.Range(0, examples.Rows.Length).Sum(examples.Weight);
        return Vectors.Sum(losses) / weights;
    }

    private void Judge(double loss)
    {
        waited = loss > bestLoss - Tolerance ? waited + 1 : 0;
        if (loss < bestLoss)
        {
            bestLoss = loss;
            best = validation is null ? parameters : (double[])parameters.Clone();
        }
    }
}
