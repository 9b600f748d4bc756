using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Splitting;

/// <summary>Divides rows by seed, alike on every platform.</summary>
/// <remarks>
/// With classes, each class is divided by itself, so that every part has its share to within one row. A part that a class
/// would just miss by rounding gets one row of it when the class has a row for every part; a class with fewer rows than
/// parts goes to training first, then to test, then to validation: what is scored was then at least learned.
/// </remarks>
public static class Splitter
{
    /// <summary>Training, validation and test rows.</summary>
    /// <param name="labels">One label per row: the class index, or the value.</param>
    /// <param name="classCount">Number of classes, to keep their shares; 0 for regression.</param>
    /// <param name="fractions">Shares of the parts.</param>
    /// <param name="seed">Decides which row goes where.</param>
    /// <exception cref="LearningException">
    /// The shares are out of range (<c>split_fractions_invalid</c>), or there are fewer rows than parts (<c>too_few_rows</c>).
    /// </exception>
    public static RowSplit Split(ReadOnlySpan<double> labels, int classCount, SplitFractions fractions, ulong seed)
    {
        fractions.Validate();
        int parts = 1 + (fractions.Test > 0 ? 1 : 0) + (fractions.Validation > 0 ? 1 : 0);
        if (labels.Length < parts)
        {
            throw new LearningException("too_few_rows", $"{labels.Length} rows cannot be split into {parts} parts.");
        }

        List<int> training = [];
        List<int> validation = [];
        List<int> test = [];
        foreach (int[] rows in ShuffledByClass(labels, classCount, seed))
        {
            (int validationCount, int testCount) = PartSizes(rows.Length, fractions);
            test.AddRange(rows.AsSpan(0, testCount));
            validation.AddRange(rows.AsSpan(testCount, validationCount));
            training.AddRange(rows.AsSpan(testCount + validationCount));
        }

        return new RowSplit(Ascending(training), Ascending(validation), Ascending(test));
    }

    /// <summary>Folds for cross-validation: every row is in the validation part of one, and fold sizes differ by at most one row.</summary>
    /// <remarks>
    /// A class with fewer rows than there are folds is scored in as many folds as it has rows. A class of one row is missing
    /// from the training part of the fold that scores it.
    /// </remarks>
    /// <param name="labels">One label per row: the class index, or the value.</param>
    /// <param name="classCount">Number of classes, to keep their shares; 0 for regression.</param>
    /// <param name="folds">2 to the number of rows.</param>
    /// <param name="seed">Decides which row goes where.</param>
    /// <exception cref="LearningException">The number of folds is out of range (<c>folds_invalid</c>).</exception>
    public static IReadOnlyList<Fold> KFold(ReadOnlySpan<double> labels, int classCount, int folds, ulong seed)
    {
        if (folds < 2 || folds > labels.Length)
        {
            throw new LearningException("folds_invalid", $"Folds must be from 2 to the number of rows, {labels.Length}; {folds} were asked for.", "folds");
        }

        int[] foldOfRow = new int[labels.Length];
        int dealt = 0;
        foreach (int[] rows in ShuffledByClass(labels, classCount, seed))
        {
            foreach (int row in rows)
            {
                foldOfRow[row] = dealt++ % folds;
            }
        }

        return [.. Enumerable.Range(0, folds).Select(fold => new Fold(RowsWhere(foldOfRow, other => other != fold), RowsWhere(foldOfRow, other => other == fold)))];
    }

    /// <summary>All rows in an order of which every beginning holds each class by its share, to within one row.</summary>
    /// <param name="labels">One label per row: the class index, or the value.</param>
    /// <param name="classCount">Number of classes, to keep their shares; 0 for regression.</param>
    /// <param name="seed">Decides the order.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static int[] Order(ReadOnlySpan<double> labels, int classCount, ulong seed, CancellationToken cancellationToken = default)
    {
        List<int[]> classes = ShuffledByClass(labels, classCount, seed);
        int[] taken = new int[classes.Count];
        PriorityQueue<int, (double Place, int Class)> next = new();
        for (int index = 0; index < classes.Count; index++)
        {
            Offer(index);
        }

        int[] order = new int[labels.Length];
        for (int place = 0; place < order.Length; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int index = next.Dequeue();
            order[place] = classes[index][taken[index]++];
            Offer(index);
        }

        return order;

        // The rows of a class lie evenly between 0 and 1; of two at one place the lower class comes first.
        void Offer(int index)
        {
            if (taken[index] < classes[index].Length)
            {
                next.Enqueue(index, ((taken[index] + 0.5) / classes[index].Length, index));
            }
        }
    }

    /// <summary>The rows of each class in random order; one group for regression. Each class draws from its own stream.</summary>
    private static List<int[]> ShuffledByClass(ReadOnlySpan<double> labels, int classCount, ulong seed)
    {
        List<int>[] groups = [.. Enumerable.Range(0, Math.Max(classCount, 1)).Select(_ => new List<int>())];
        for (int row = 0; row < labels.Length; row++)
        {
            groups[classCount == 0 ? 0 : (int)labels[row]].Add(row);
        }

        DeterministicRandom random = new(seed);
        List<int[]> shuffled = new(groups.Length);
        for (int group = 0; group < groups.Length; group++)
        {
            int[] rows = [.. groups[group]];
            random.Fork((ulong)group).Shuffle(rows);
            shuffled.Add(rows);
        }

        return shuffled;
    }

    private static (int Validation, int Test) PartSizes(int rows, SplitFractions fractions)
    {
        int test = Share(rows, fractions.Test);
        int validation = Share(rows, fractions.Validation);

        // Training comes first, then test: what is left of a small class decides what validation and test may keep.
        test = Math.Min(test, Math.Max(rows - 1, 0));
        validation = Math.Min(validation, Math.Max(rows - 1 - test, 0));
        return (validation, test);
    }

    private static int Share(int rows, double fraction) =>
        fraction > 0 ? Math.Max(1, (int)Math.Round(rows * fraction, MidpointRounding.AwayFromZero)) : 0;

    private static int[] RowsWhere(int[] foldOfRow, Predicate<int> wanted) =>
        [.. Enumerable.Range(0, foldOfRow.Length).Where(row => wanted(foldOfRow[row]))];

    private static int[] Ascending(List<int> rows)
    {
        rows.Sort();
        return [.. rows];
    }
}
