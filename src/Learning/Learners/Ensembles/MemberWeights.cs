using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Learners.Ensembles;

/// <summary>How much each member counts. Immutable.</summary>
internal sealed class MemberWeights
{
    private readonly double[] values;

    /// <param name="values">As <see cref="AreUsable"/> tells.</param>
    public MemberWeights(double[] values) => (this.values, Total) = (values, values.Sum());

    public ReadOnlySpan<double> Values => values;

    /// <summary>The sum, above 0.</summary>
    public double Total { get; }

    /// <summary>Finite, none below 0, not all 0.</summary>
    public static bool AreUsable(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value >= 0 ? value : double.NaN;
        }

        return double.IsFinite(sum) && sum > 0;
    }

    public static MemberWeights Read(SectionReader reader, int count)
    {
        double[] read = reader.ReadFiniteDoubles("weights", count);
        return AreUsable(read) ? new MemberWeights(read) : throw reader.Invalid("the weights of the members must be at least 0, and one above");
    }
}
