using Trainyard.Learning.Binary;

namespace Trainyard.MLNet.Models;

/// <summary>Makes a model's outputs of what Microsoft.ML answers. Immutable and thread safe.</summary>
internal abstract class OutputMap
{
    private const int ClassesKind = 1;
    private const int NumberKind = 2;
    private const int AnomalyKind = 3;
    private const int ClustersKind = 4;

    /// <summary>Values that a model answers per row.</summary>
    public abstract int Count { get; }

    /// <summary>Values that Microsoft.ML answers per row.</summary>
    public abstract int RawCount { get; }

    /// <summary>Tells the kinds apart in files.</summary>
    protected abstract int Kind { get; }

    /// <summary>Fills a row's outputs.</summary>
    /// <param name="raw"><see cref="RawCount"/> values.</param>
    /// <param name="output">Receives <see cref="Count"/> values.</param>
    public abstract void Fill(ReadOnlySpan<float> raw, Span<double> output);

    public void Write(SectionWriter writer)
    {
        writer.WriteInt32(Kind);
        WriteOwn(writer);
    }

    public static OutputMap Read(SectionReader reader) => reader.ReadInt32("kind of outputs", ClassesKind, ClustersKind) switch
    {
        ClassesKind => ClassOutputs.ReadOwn(reader),
        NumberKind => NumberOutput.ReadOwn(reader),
        AnomalyKind => AnomalyOutput.ReadOwn(reader),
        _ => ClusterOutputs.ReadOwn(reader),
    };

    protected abstract void WriteOwn(SectionWriter writer);

    /// <summary>Probabilities of the classes that were in the training rows; the others have none.</summary>
    /// <param name="classCount">All classes, at least 2.</param>
    /// <param name="present">Those that were there, ascending, at least one.</param>
    public sealed class ClassOutputs(int classCount, int[] present) : OutputMap
    {
        /// <summary>Classes at most: one model each.</summary>
        public const int MaximumClasses = 1000;

        public override int Count => classCount;

        // Of two classes Microsoft.ML answers the probability of the second, of a single one there is nothing to ask.
        public override int RawCount => present.Length > 2 ? present.Length : present.Length - 1;

        protected override int Kind => ClassesKind;

        public override void Fill(ReadOnlySpan<float> raw, Span<double> output)
        {
            output = output[..classCount];
            output.Clear();
            if (present.Length <= 2)
            {
                double second = present.Length == 1 ? 1 : float.IsNaN(raw[0]) ? 0.5 : Math.Clamp((double)raw[0], 0, 1);
                output[present[^1]] = second;
                if (present.Length == 2)
                {
                    output[present[0]] = 1 - second;
                }

                return;
            }

            double sum = 0;
            for (int place = 0; place < present.Length; place++)
            {
                double share = raw[place] > 0 ? Math.Min(raw[place], float.MaxValue) : 0;
                output[present[place]] = share;
                sum += share;
            }

            foreach (int index in present)
            {
                output[index] = sum > 0 ? output[index] / sum : 1.0 / present.Length;
            }
        }

        public static ClassOutputs ReadOwn(SectionReader reader)
        {
            int classes = reader.ReadInt32("classes", 2, MaximumClasses);
            int[] read = reader.ReadInt32s();
            bool isAscending = read.Length > 0 && read.Zip(read.Skip(1), (before, after) => before < after).All(rises => rises);
            return isAscending && read[0] >= 0 && read[^1] < classes
                ? new ClassOutputs(classes, read)
                : throw reader.Invalid($"the classes that were there must ascend, from 0 to {classes - 1}");
        }

        protected override void WriteOwn(SectionWriter writer)
        {
            writer.WriteInt32(classCount);
            writer.WriteInt32s(present);
        }
    }

    /// <summary>A number, in the unit of the labels.</summary>
    /// <param name="mean">What was taken off them.</param>
    /// <param name="scale">What they were divided by.</param>
    public sealed class NumberOutput(double mean, double scale) : OutputMap
    {
        public override int Count => 1;

        public override int RawCount => 1;

        protected override int Kind => NumberKind;

        public override void Fill(ReadOnlySpan<float> raw, Span<double> output) => output[0] = float.IsFinite(raw[0]) ? mean + (scale * raw[0]) : mean;

        public static NumberOutput ReadOwn(SectionReader reader)
        {
            double[] read = reader.ReadFiniteDoubles("mean and scale of the labels", 2);
            return read[1] > 0 ? new NumberOutput(read[0], read[1]) : throw reader.Invalid("the scale of the labels must be above 0");
        }

        protected override void WriteOwn(SectionWriter writer) => writer.WriteDoubles([mean, scale]);
    }

    /// <summary>Normal and anomaly: e / (e + t), where e is the error that Microsoft.ML answers and t the one that counts as half an anomaly.</summary>
    /// <param name="threshold">Above 0.</param>
    public sealed class AnomalyOutput(double threshold) : OutputMap
    {
        public override int Count => 2;

        public override int RawCount => 1;

        protected override int Kind => AnomalyKind;

        public override void Fill(ReadOnlySpan<float> raw, Span<double> output)
        {
            double error = ErrorOf(raw[0]);
            double score = error / (error + threshold);
            output[0] = 1 - score;
            output[1] = score;
        }

        /// <summary>The error: the share of a row's distance from the mean that its components leave, 0 for the mean itself, where Microsoft.ML divides 0 by 0.</summary>
        public static double ErrorOf(float answer) => float.IsNaN(answer) ? 0 : Math.Clamp((double)answer, 0, float.MaxValue);

        public static AnomalyOutput ReadOwn(SectionReader reader)
        {
            double read = reader.ReadDouble();
            return read > 0 && double.IsFinite(read) ? new AnomalyOutput(read) : throw reader.Invalid("the threshold must be above 0");
        }

        protected override void WriteOwn(SectionWriter writer) => writer.WriteDouble(threshold);
    }

    /// <summary>1 for the cluster whose squared distance is least, of equals the first.</summary>
    /// <param name="count">Clusters.</param>
    public sealed class ClusterOutputs(int count) : OutputMap
    {
        /// <summary>Clusters at most.</summary>
        public const int MaximumClusters = 1000;

        public override int Count => count;

        public override int RawCount => count;

        protected override int Kind => ClustersKind;

        public override void Fill(ReadOnlySpan<float> raw, Span<double> output)
        {
            output[..count].Clear();
            output[Nearest(raw)] = 1;
        }

        public int Nearest(ReadOnlySpan<float> raw)
        {
            int best = 0;
            for (int cluster = 1; cluster < count; cluster++)
            {
                best = raw[cluster] < raw[best] ? cluster : best;
            }

            return best;
        }

        public static ClusterOutputs ReadOwn(SectionReader reader) => new(reader.ReadInt32("clusters", 1, MaximumClusters));

        protected override void WriteOwn(SectionWriter writer) => writer.WriteInt32(count);
    }
}
