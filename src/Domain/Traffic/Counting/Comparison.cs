using Trainyard.Domain.Serving;
using Trainyard.Learning.Metrics;

namespace Trainyard.Domain.Traffic.Counting;

/// <summary>Two versions' answers to one request.</summary>
/// <param name="Rows">Rows of which both are known.</param>
/// <param name="Agreed">Of them, those that agree.</param>
/// <param name="Difference">The sum of second less first.</param>
/// <param name="AbsoluteDifference">The same, of absolute values.</param>
internal readonly record struct Comparison(int Rows, int Agreed, double Difference, double AbsoluteDifference)
{
    // Numbers that went by different ways of summing differ in their last digits; that is no disagreement.
    private const double Tolerance = 1e-6;

    /// <summary>Compares them row by row.</summary>
    public static Comparison Of(CallOutputs sent, CallOutputs own)
    {
        int rows = Math.Min(sent.Rows, own.Rows);
        (int agreed, double difference, double absolute) = (0, 0.0, 0.0);
        for (int row = 0; row < rows; row++)
        {
            (bool agrees, double by) = OfRow(sent, own, row);
            agreed += agrees ? 1 : 0;
            difference += by;
            absolute += Math.Abs(by);
        }

        return new Comparison(rows, agreed, difference, absolute);
    }

    private static (bool Agrees, double Difference) OfRow(CallOutputs sent, CallOutputs own, int row)
    {
        ReadOnlySpan<double> first = sent.Row(row);
        ReadOnlySpan<double> second = own.Row(row);
        if (sent.Classes.Count == 0 || own.Classes.Count == 0)
        {
            double by = second[0] - first[0];
            return (Math.Abs(by) <= Tolerance * Math.Max(1, Math.Abs(first[0])), double.IsFinite(by) ? by : 0);
        }

        // By name: two versions may know their labels in different orders, or other labels.
        int label = Evaluator.MostProbable(first);
        string name = sent.Classes[label];
        int same = IndexOf(own.Classes, name);
        return (own.Classes[Evaluator.MostProbable(second)] == name, (same < 0 ? 0 : second[same]) - first[label]);
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (int index = 0; index < names.Count; index++)
        {
            if (names[index] == name)
            {
                return index;
            }
        }

        return -1;
    }
}
