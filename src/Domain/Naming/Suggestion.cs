namespace Trainyard.Domain.Naming;

/// <summary>Finds the name that somebody probably meant.</summary>
public static class Suggestion
{
    // Beyond this length a name is noise rather than a slip, and the comparison would cost its square.
    private const int MaxLength = 64;
    private const int MaxCandidates = 1000;

    /// <summary>The candidate nearest to <paramref name="text"/>, or null when none is near.</summary>
    /// <remarks>
    /// Optimal string alignment distance (Levenshtein with adjacent transpositions), ignoring case; at most a third of
    /// the characters, and at most three, may differ. The first 1,000 candidates are looked at.
    /// </remarks>
    public static string? Nearest(string text, IEnumerable<string> candidates)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return null;
        }

        int limit = Math.Clamp(text.Length / 3, 1, 3);
        (string? best, int bestDistance) = (null, limit + 1);
        foreach (string candidate in candidates.Take(MaxCandidates).Where(candidate => Math.Abs(candidate.Length - text.Length) <= limit))
        {
            int distance = Distance(text.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>A sentence to append to a message: <c> Did you mean 'x'?</c>, or nothing.</summary>
    public static string Sentence(string text, IEnumerable<string> candidates) =>
        Nearest(text, candidates) is { } nearest ? $" Did you mean '{nearest}'?" : string.Empty;

    private static int Distance(string first, string second)
    {
        int[,] cost = new int[first.Length + 1, second.Length + 1];
        for (int row = 0; row <= first.Length; row++)
        {
            for (int column = 0; column <= second.Length; column++)
            {
                cost[row, column] = (row, column) switch
                {
                    (0, _) => column,
                    (_, 0) => row,
                    _ => Step(cost, first, second, row, column),
                };
            }
        }

        return cost[first.Length, second.Length];
    }

    private static int Step(int[,] cost, string first, string second, int row, int column)
    {
        int replace = cost[row - 1, column - 1] + (first[row - 1] == second[column - 1] ? 0 : 1);
        int best = Math.Min(replace, Math.Min(cost[row - 1, column], cost[row, column - 1]) + 1);
        bool transposed = row > 1 && column > 1 && first[row - 1] == second[column - 2] && first[row - 2] == second[column - 1];
        return transposed ? Math.Min(best, cost[row - 2, column - 2] + 1) : best;
    }
}
