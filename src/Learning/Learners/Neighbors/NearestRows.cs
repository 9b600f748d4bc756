namespace Trainyard.Learning.Learners.Neighbors;

/// <summary>The nearest rows so far, ascending by distance, of equals the lower row first.</summary>
internal static class NearestRows
{
    /// <summary>No row yet: farther than all.</summary>
    public static void Clear(Span<double> distances, Span<int> found)
    {
        distances.Fill(double.PositiveInfinity);
        found.Fill(int.MaxValue);
    }

    /// <summary>Puts a row where it belongs, in place of the last, unless that is nearer.</summary>
    public static void Offer(double distance, int row, Span<double> distances, Span<int> found)
    {
        int place = distances.Length - 1;
        if (!IsNearer(distance, row, distances[place], found[place]))
        {
            return;
        }

        for (; place > 0 && IsNearer(distance, row, distances[place - 1], found[place - 1]); place--)
        {
            distances[place] = distances[place - 1];
            found[place] = found[place - 1];
        }

        distances[place] = distance;
        found[place] = row;
    }

    private static bool IsNearer(double distance, int row, double otherDistance, int otherRow) =>
        distance < otherDistance || (distance == otherDistance && row < otherRow);
}
