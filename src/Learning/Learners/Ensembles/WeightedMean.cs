using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Learners.Ensembles;

/// <summary>The weighted mean of numbers or of probabilities.</summary>
internal sealed class WeightedMean(MemberWeights weights) : Combination
{
    public override string Name => EnsembleNames.Averaging;

    public override int MemberCount => weights.Values.Length;

    public ReadOnlySpan<double> Weights => weights.Values;

    public double Total => weights.Total;

    /// <summary>True when only one member counts, whose predictions it then gives.</summary>
    public bool IsOfOne => weights.Values.Length - weights.Values.Count(0) == 1;

    public override void Combine(ReadOnlySpan<double> outputs, Span<double> output)
    {
        output.Clear();
        for (int member = 0; member < weights.Values.Length; member++)
        {
            double weight = weights.Values[member];
            ReadOnlySpan<double> own = outputs.Slice(member * output.Length, output.Length);
            for (int index = 0; index < output.Length; index++)
            {
                output[index] += weight * own[index];
            }
        }

        foreach (ref double value in output)
        {
            value /= weights.Total;
        }
    }

    public override bool Fits(int outputCount) => true;

    public override void Write(SectionWriter writer) => writer.WriteDoubles(weights.Values);
}
