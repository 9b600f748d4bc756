namespace Trainyard.Learning.Learners;

/// <summary>Functions from scores to probabilities, safe from overflow.</summary>
internal static class Links
{
    /// <summary>1 / (1 + e⁻ˣ), exact in both tails.</summary>
    public static double Sigmoid(double score)
    {
        double tail = Math.Exp(-Math.Abs(score));
        return score >= 0 ? 1 / (1 + tail) : tail / (1 + tail);
    }

    /// <summary>The probabilities of two classes from the log-odds of the second.</summary>
    public static void Logistic(double score, Span<double> output)
    {
        output[1] = Sigmoid(score);
        output[0] = Sigmoid(-score);
    }

    /// <summary>Turns scores into probabilities in place: e^(xᵢ - max) / Σ e^(xⱼ - max).</summary>
    public static void Softmax(Span<double> scores)
    {
        double max = double.NegativeInfinity;
        foreach (double score in scores)
        {
            max = Math.Max(max, score);
        }

        double sum = 0;
        foreach (ref double score in scores)
        {
            score = Math.Exp(score - max);
            sum += score;
        }

        foreach (ref double score in scores)
        {
            score /= sum;
        }
    }

    /// <summary>ln(1 + eˣ), the loss of a score against the other class.</summary>
    public static double LogOnePlusExp(double score) =>
        Math.Max(score, 0) + Math.Log(1 + Math.Exp(-Math.Abs(score)));

    /// <summary>eˣ, held below infinity.</summary>
    public static double BoundedExp(double score) => Math.Min(Math.Exp(score), double.MaxValue);

    /// <summary>ln Σ e^xᵢ.</summary>
    public static double LogSumExp(ReadOnlySpan<double> scores)
    {
        double max = double.NegativeInfinity;
        foreach (double score in scores)
        {
            max = Math.Max(max, score);
        }

        double sum = 0;
        foreach (double score in scores)
        {
            sum += Math.Exp(score - max);
        }

        return max + Math.Log(sum);
    }
}
