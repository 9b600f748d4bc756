using System.Runtime.CompilerServices;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Divides the rows of a node in place; each side keeps its order, on any number of threads. Nodes may be divided side by side.</summary>
internal sealed class RowPartition(PackedBins bins, Workers workers)
{
    /// <summary>Rows below which another thread costs more than it saves.</summary>
    private const int LeastRows = 1 << 14;

    private readonly int[] lefts = new int[bins.RowCount];
    private readonly int[] rights = new int[bins.RowCount];

    /// <summary>Moves the rows that go left to the front, on several threads where that pays.</summary>
    public void Divide(int[] rows, GrowthNode node)
    {
        int pieces = workers.PiecesFor(node.Count, LeastRows);
        if (pieces == 1)
        {
            DivideAlone(rows, node);
            return;
        }

        Split split = node.Found!.Split;
        byte[] goesLeft = Answers(split);
        int[] leftCounts = new int[pieces];
        workers.Run(pieces, piece =>
        {
            int place = node.Start + Workers.Start(node.Count, pieces, piece);
            ReadOnlySpan<int> members = Workers.Share<int>(rows.AsSpan(node.Start, node.Count), pieces, piece);
            leftCounts[piece] = Sort(members, lefts.AsSpan(place, members.Length), rights.AsSpan(place, members.Length), split.Feature, goesLeft);
        });
        int total = leftCounts.Sum();
        workers.Run(pieces, piece =>
        {
            int first = Workers.Start(node.Count, pieces, piece);
            int length = Workers.Start(node.Count, pieces, piece + 1) - first;
            int before = leftCounts.Take(piece).Sum();
            int own = leftCounts[piece];
            lefts.AsSpan(node.Start + first, own).CopyTo(rows.AsSpan(node.Start + before));
            rights.AsSpan(node.Start + first, length - own).CopyTo(rows.AsSpan(node.Start + total + first - before));
        });
    }

    /// <summary>The same on the calling thread.</summary>
    public void DivideAlone(int[] rows, GrowthNode node)
    {
        Split split = node.Found!.Split;
        Span<int> members = rows.AsSpan(node.Start, node.Count);
        Span<int> right = rights.AsSpan(node.Start, node.Count);
        int left = Sort(members, members, right, split.Feature, Answers(split));
        right[..(members.Length - left)].CopyTo(members[left..]);
    }

    private int Sort(ReadOnlySpan<int> members, Span<int> left, Span<int> right, int feature, byte[] goesLeft) => bins.TryGetColumn(feature, out ReadOnlySpan<byte> column)
        ? Sort(members, left, right, column, goesLeft)
        : Sort(members, left, right, bins.Lane(feature), goesLeft);

    /// <summary>Writes every row to both sides and moves on only on its own: no branch to mispredict. Left may be where the rows are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Sort(ReadOnlySpan<int> members, Span<int> left, Span<int> right, ReadOnlySpan<byte> column, ReadOnlySpan<byte> goesLeft)
    {
        int leftCount = 0;
        for (int index = 0; index < members.Length; index++)
        {
            int row = members[index];
            left[leftCount] = row;
            right[index - leftCount] = row;
            leftCount += goesLeft[column[row]];
        }

        return leftCount;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Sort(ReadOnlySpan<int> members, Span<int> left, Span<int> right, PackedLane lane, ReadOnlySpan<byte> goesLeft)
    {
        int leftCount = 0;
        for (int index = 0; index < members.Length; index++)
        {
            int row = members[index];
            left[leftCount] = row;
            right[index - leftCount] = row;
            leftCount += goesLeft[lane[row]];
        }

        return leftCount;
    }

    private byte[] Answers(Split split)
    {
        FeatureBins feature = bins.Features[split.Feature];
        byte[] answers = new byte[byte.MaxValue + 1];
        for (int bin = 0; bin <= feature.MissingBin; bin++)
        {
            answers[bin] = split.GoesLeft(feature, bin) ? (byte)1 : (byte)0;
        }

        return answers;
    }
}
