using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Tries every cut of an ordered feature, four at a time, where neither L1 nor a constraint bends the score.</summary>
/// <remarks>The gain is that of <see cref="SplitScan"/>, operation by operation, so both find the same.</remarks>
internal readonly struct CutSweep
{
    private const int Room = FeatureBins.MaximumBins + 1;

    private readonly GradientPairs pairs;
    private readonly Vector128<long> total;
    private readonly Vector256<long> leastRows;
    private readonly Vector256<double> leastHessian;
    private readonly Vector256<double> l2;
    private readonly double parentScore;

    public CutSweep(Growth growth, GradientPairs pairs, Vector128<long> total, double parentScore)
    {
        this.pairs = pairs;
        this.total = total;
        leastRows = Vector256.Create((long)Math.Max(growth.MinimumRowsPerLeaf, 1));
        leastHessian = Vector256.Create(growth.MinimumChildWeight);
        l2 = Vector256.Create(growth.L2);
        this.parentScore = parentScore;
    }

    /// <summary>Improves on <paramref name="best"/> by the first of the best cuts, when one gains more.</summary>
    /// <param name="bins">The sums of the bins in order, without that of missing values.</param>
    /// <param name="start">What goes left before the first bin.</param>
    /// <param name="missingLeft">Whether that is the missing values.</param>
    /// <param name="best">What was found before.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Try(ReadOnlySpan<Vector128<long>> bins, Vector128<long> start, bool missingLeft, ref FoundCut best)
    {
        Span<long> pulls = stackalloc long[Room];
        Span<long> seconds = stackalloc long[Room];
        long pull = start.GetElement(0);
        long second = start.GetElement(1);
        for (int bin = 0; bin < bins.Length; bin++)
        {
            pull += bins[bin].GetElement(0);
            second += bins[bin].GetElement(1);
            pulls[bin] = pull;
            seconds[bin] = second;
        }

        // What is behind the last bin repeats it, so that it wins nothing.
        pulls[bins.Length..].Fill(pull);
        seconds[bins.Length..].Fill(second);
        int position = Sweep(pulls, seconds, bins.Length, ref best);
        if (position >= 0)
        {
            best = best with { Position = position, MissingLeft = missingLeft, Left = Vector128.Create(pulls[position], seconds[position]) };
        }
    }

    /// <summary>The first position of the greatest gain, which becomes that of <paramref name="best"/>; negative when none is greater.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Sweep(ReadOnlySpan<long> pulls, ReadOnlySpan<long> seconds, int count, ref FoundCut best)
    {
        Vector256<double> gains = Vector256.Create(best.Gain);
        Vector256<long> winners = Vector256.Create(-1L);
        Vector256<long> places = Vector256.Create(0L, 1, 2, 3);
        for (int bin = 0; bin < count; bin += Vector256<long>.Count)
        {
            Vector256<double> gain = Gains(Vector256.Create(pulls[bin..]), Vector256.Create(seconds[bin..]), out Vector256<double> allowed);
            Vector256<double> better = allowed & Vector256.GreaterThan(gain, gains);
            gains = Vector256.ConditionalSelect(better, gain, gains);
            winners = Vector256.ConditionalSelect(better.AsInt64(), places, winners);
            places += Vector256.Create((long)Vector256<long>.Count);
        }

        int position = -1;
        for (int lane = 0; lane < Vector256<long>.Count; lane++)
        {
            int place = (int)winners[lane];
            if (place >= 0 && (gains[lane] > best.Gain || (gains[lane] == best.Gain && position >= 0 && place < position)))
            {
                best = best with { Gain = gains[lane] };
                position = place;
            }
        }

        return position;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<double> Gains(Vector256<long> leftPull, Vector256<long> leftSecond, out Vector256<double> allowed)
    {
        Vector256<long> rightPull = Vector256.Create(total.GetElement(0)) - leftPull;
        Vector256<long> rightSecond = Vector256.Create(total.GetElement(1)) - leftSecond;
        Vector256<double> leftHessian = pairs.HessiansOf(leftSecond);
        Vector256<double> rightHessian = pairs.HessiansOf(rightSecond);
        Vector256<long> enough = Vector256.GreaterThanOrEqual(pairs.RowsOf(leftSecond), leastRows) & Vector256.GreaterThanOrEqual(pairs.RowsOf(rightSecond), leastRows);
        allowed = enough.AsDouble() & Vector256.GreaterThanOrEqual(leftHessian, leastHessian) & Vector256.GreaterThanOrEqual(rightHessian, leastHessian);
        Vector256<double> fit = Score(pairs.PullsOf(leftPull), leftHessian + l2) + Score(pairs.PullsOf(rightPull), rightHessian + l2);
        return (fit - Vector256.Create(parentScore)) * 0.5;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Score(Vector256<double> pull, Vector256<double> whole) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(whole, Vector256<double>.Zero), pull * pull / whole, Vector256<double>.Zero);
}
