using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Divides the rows of a node in place; each side keeps its order, on any number of threads.</summary>
internal sealed class RowPartition(PackedBins bins, Workers workers)
{
    /// <summary>Rows below which another thread costs more than it saves.</summary>
    private const int LeastRows = 1 << 14;

    private readonly int[] lefts = new int[bins.RowCount];
    private readonly int[] rights = new int[bins.RowCount];

    /// <summary>Moves the rows that go left to the front; returns their number.</summary>
    public int Divide(int[] rows, int start, int count, Split split)
    {
        byte[] goesLeft = Answers(split);
        int pieces = workers.PiecesFor(count, LeastRows);
        int[] leftCounts = new int[pieces];
        workers.Run(pieces, piece => leftCounts[piece] = Sort(
            Workers.Share<int>(rows.AsSpan(start, count), pieces, piece), start + Workers.Start(count, pieces, piece), split.Feature, goesLeft));
        int total = leftCounts.Sum();
        workers.Run(pieces, piece =>
        {
            int first = Workers.Start(count, pieces, piece);
            int length = Workers.Start(count, pieces, piece + 1) - first;
            int before = leftCounts.Take(piece).Sum();
            int own = leftCounts[piece];
            lefts.AsSpan(start + first, own).CopyTo(rows.AsSpan(start + before));
            rights.AsSpan(start + first, length - own).CopyTo(rows.AsSpan(start + total + first - before));
        });
        return total;
    }

    /// <summary>Writes every row to both sides and moves on only on its own: no branch to mispredict.</summary>
    private int Sort(ReadOnlySpan<int> members, int place, int feature, byte[] goesLeft)
    {
        ReadOnlySpan<byte> column = bins.Column(feature);
        Span<int> left = lefts.AsSpan(place, members.Length);
        Span<int> right = rights.AsSpan(place, members.Length);
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
