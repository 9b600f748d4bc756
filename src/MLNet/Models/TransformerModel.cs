using Trainyard.Learning;
using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners;

namespace Trainyard.MLNet.Models;

/// <summary>A model of Microsoft.ML. Immutable and thread safe; unlike others it allocates when it predicts.</summary>
internal class TransformerModel : IModel
{
    /// <summary>Tells what this version writes: "MLN" and 1.</summary>
    private const int Magic = 0x014E4C4D;

    /// <summary>Bytes of a model per step of a prediction, roughly: of trees most are not walked.</summary>
    private const int BytesPerStep = 64;

    private readonly byte[] zip;
    private readonly ScorerPool? pool;

    private TransformerModel(string learner, int featureCount, OutputMap outputs, byte[] zip)
    {
        (Learner, FeatureCount, Outputs, this.zip) = (learner, featureCount, outputs, zip);
        if (zip.Length > 0)
        {
            pool = EngineCall.Run(learner, () => new ScorerPool(zip, featureCount), CancellationToken.None);
            CheckAnswer();
        }
    }

    public string Learner { get; }

    public int FeatureCount { get; }

    public int OutputCount => Outputs.Count;

    public long WorkPerRow => FeatureCount + (zip.Length / BytesPerStep) + 1;

    protected OutputMap Outputs { get; }

    /// <summary>Puts a model together.</summary>
    /// <param name="learner">The learner's name.</param>
    /// <param name="featureCount">Features of its rows.</param>
    /// <param name="outputs">What its answers mean.</param>
    /// <param name="zip">Its file; empty where there is nothing to ask, as of a single class.</param>
    /// <exception cref="LearningException"><c>engine_failed</c>, or <c>model_file_invalid</c>: the answers are not those that the outputs are made of.</exception>
    public static TransformerModel Of(string learner, int featureCount, OutputMap outputs, byte[] zip) => outputs is OutputMap.ClusterOutputs clusters
        ? new OfClusters(learner, featureCount, clusters, zip)
        : new TransformerModel(learner, featureCount, outputs, zip);

    public void Predict(ReadOnlySpan<double> row, Span<double> output) => PredictRows(row[..FeatureCount], output[..OutputCount]);

    public void PredictRows(ReadOnlySpan<double> rows, Span<double> outputs)
    {
        Scorer? scorer = pool?.Rent();
        for (int row = 0; row < outputs.Length / OutputCount; row++)
        {
            ReadOnlySpan<float> raw = scorer is null ? [] : scorer.Score(rows.Slice(row * FeatureCount, FeatureCount));
            Outputs.Fill(raw, outputs.Slice(row * OutputCount, OutputCount));
        }

        if (scorer is not null)
        {
            pool!.Return(scorer);
        }
    }

    public void Write(SectionWriter writer)
    {
        writer.WriteInt32(Magic);
        writer.WriteInt32(FeatureCount);
        Outputs.Write(writer);
        writer.WriteBytes(zip);
    }

    /// <summary>Reads a model. The bytes are this installation's own; they are checked for damage, and that nothing grows on unpacking.</summary>
    public static IModel Read(string learner, SectionReader reader)
    {
        int magic = reader.ReadInt32();
        if (magic != Magic)
        {
            throw reader.Invalid($"it begins with {magic:x8}, which this version does not know");
        }

        int featureCount = reader.ReadInt32("feature count", 0, int.MaxValue);
        OutputMap outputs = OutputMap.Read(reader);
        ReadOnlyMemory<byte> file = reader.ReadBytes();
        if (file.IsEmpty != (outputs.RawCount == 0))
        {
            throw reader.Invalid("there must be a zip where there is something to ask");
        }

        if (!file.IsEmpty)
        {
            StoredZip.Check(file);
        }

        return Of(learner, featureCount, outputs, file.ToArray());
    }

    /// <summary>What Microsoft.ML answers for a row, put into the hands of <paramref name="use"/>.</summary>
    protected TResult Ask<TResult>(ReadOnlySpan<double> row, Func<float[], TResult> use)
    {
        Scorer scorer = pool!.Rent();
        TResult result = use([.. scorer.Score(row)]);
        pool.Return(scorer);
        return result;
    }

    private void CheckAnswer()
    {
        int answers = EngineCall.Run(Learner, () => Ask(new double[FeatureCount], raw => raw.Length), CancellationToken.None);
        if (answers != Outputs.RawCount)
        {
            throw new LearningException("model_file_invalid", $"A model of '{Learner}' answers {answers} values instead of {Outputs.RawCount}.", "model");
        }
    }

    private sealed class OfClusters(string learner, int featureCount, OutputMap.ClusterOutputs clusters, byte[] zip)
        : TransformerModel(learner, featureCount, clusters, zip), IClusterModel
    {
        // Microsoft.ML answers squared distances; of a row in the centre's place rounding may leave one below 0.
        public double SquaredDistance(ReadOnlySpan<double> row) => Ask(row, raw => Math.Max((double)raw[clusters.Nearest(raw)], 0));
    }
}
