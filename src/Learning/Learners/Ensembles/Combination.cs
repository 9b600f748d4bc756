using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Learners.Ensembles;

/// <summary>Makes one prediction of several. Immutable and thread safe.</summary>
internal abstract class Combination
{
    /// <summary>The name that selects the reader.</summary>
    public abstract string Name { get; }

    /// <summary>How many predictions it takes.</summary>
    public abstract int MemberCount { get; }

    /// <summary>Combines the predictions of one row without allocating.</summary>
    /// <param name="outputs">Member by member, as many values each as <paramref name="output"/> has.</param>
    /// <param name="output">Receives one probability per class, or a number.</param>
    public abstract void Combine(ReadOnlySpan<double> outputs, Span<double> output);

    /// <summary>Whether it can combine outputs of so many values.</summary>
    public abstract bool Fits(int outputCount);

    public abstract void Write(SectionWriter writer);

    public static Combination Read(string name, SectionReader reader, int memberCount) => name switch
    {
        EnsembleNames.Voting => new MajorityVote(MemberWeights.Read(reader, memberCount)),
        EnsembleNames.Averaging => new WeightedMean(MemberWeights.Read(reader, memberCount)),
        _ => StackedOutputs.Read(reader, memberCount),
    };
}
