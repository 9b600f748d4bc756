using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>The pull and Hessian of every row in fixed point: sums of whole numbers are the same in any order, so on any number of threads.</summary>
/// <remarks>
/// The first half of a pair is the pull. The second holds the Hessian above the bits that count rows, so that one
/// addition adds all three. Scales are powers of two chosen so that no sum over all rows overflows: for n rows a pull
/// keeps 62 - log₂ n bits (42 for a million rows) and a Hessian 62 - 2 log₂ n (22) of the largest one's.
/// </remarks>
internal sealed class GradientPairs
{
    /// <summary>Bits of a sum: all of a long but its sign and one to spare for rounding.</summary>
    private const int SumBits = 62;

    private readonly Vector128<long>[] pairs;
    private readonly int countBits;
    private readonly long countMask;
    private double pullUnit;
    private double hessianUnit;

    public GradientPairs(int rowCount)
    {
        pairs = new Vector128<long>[rowCount];
        countBits = BitOperations.Log2((uint)rowCount) + 1;
        countMask = (1L << countBits) - 1;
    }

    /// <summary>The pairs in fixed point.</summary>
    public ReadOnlySpan<Vector128<long>> Rows => pairs;

    /// <summary>The same memory while it takes pulls and Hessians, before <see cref="Fix"/>.</summary>
    public Span<Vector128<double>> Raw => MemoryMarshal.Cast<Vector128<long>, Vector128<double>>(pairs.AsSpan());

    public double PullOf(Vector128<long> sum) => sum.GetElement(0) * pullUnit;

    public double HessianOf(Vector128<long> sum) => (sum.GetElement(1) >> countBits) * hessianUnit;

    public long RowsOf(Vector128<long> sum) => sum.GetElement(1) & countMask;

    public Vector256<double> PullsOf(Vector256<long> sums) => Vector256.ConvertToDouble(sums) * pullUnit;

    public Vector256<double> HessiansOf(Vector256<long> sums) => Vector256.ConvertToDouble(sums >> countBits) * hessianUnit;

    public Vector256<long> RowsOf(Vector256<long> sums) => sums & Vector256.Create(countMask);

    /// <summary>The sum over some rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Vector128<long> Sum(ReadOnlySpan<int> rows)
    {
        Vector128<long> sum = Vector128<long>.Zero;
        foreach (int row in rows)
        {
            sum += pairs[row];
        }

        return sum;
    }

    /// <summary>Chooses the scales for these largest magnitudes.</summary>
    public void Scale(double largestPull, double largestHessian)
    {
        pullUnit = Unit(largestPull, SumBits - countBits);
        hessianUnit = Unit(largestHessian, SumBits - (2 * countBits));
    }

    /// <summary>Turns a range of <see cref="Raw"/> into fixed point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fix(int start, int count)
    {
        double pullScale = 1 / pullUnit;
        double hessianScale = 1 / hessianUnit;
        foreach (ref Vector128<long> pair in pairs.AsSpan(start, count))
        {
            Vector128<double> raw = pair.AsDouble();
            long pull = (long)Math.Round(raw.GetElement(0) * pullScale);
            long hessian = (long)Math.Round(raw.GetElement(1) * hessianScale);
            pair = Vector128.Create(pull, (hessian << countBits) + 1);
        }
    }

    /// <summary>The power of two of which <paramref name="largest"/> is at most 2^<paramref name="bits"/>.</summary>
    private static double Unit(double largest, int bits) =>
        largest > 0 ? Math.ScaleB(1, Math.Max(Math.ILogB(largest) + 1 - bits, SmallestExponent)) : 1;

    // Below it the unit's reciprocal would be infinite.
    private const int SmallestExponent = -1000;
}
