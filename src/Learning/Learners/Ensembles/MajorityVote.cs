using Trainyard.Learning.Binary;
using Trainyard.Learning.Metrics;

namespace Trainyard.Learning.Learners.Ensembles;

/// <summary>Each class's share of the weighted votes.</summary>
internal sealed class MajorityVote(MemberWeights weights) : Combination
{
    public override string Name => EnsembleNames.Voting;

    public override int MemberCount => weights.Values.Length;

    public ReadOnlySpan<double> Weights => weights.Values;

    public double Total => weights.Total;

    public override void Combine(ReadOnlySpan<double> outputs, Span<double> output)
    {
        output.Clear();
        for (int member = 0; member < weights.Values.Length; member++)
        {
            output[Evaluator.MostProbable(outputs.Slice(member * output.Length, output.Length))] += weights.Values[member];
        }

        foreach (ref double share in output)
        {
            share /= weights.Total;
        }
    }

    public override bool Fits(int outputCount) => outputCount > 1;

    public override void Write(SectionWriter writer) => writer.WriteDoubles(weights.Values);
}
