namespace Trainyard.Learning.Learners.Anomalies;

/// <summary>How long paths are where nothing stands out.</summary>
internal static class IsolationPath
{
    /// <summary>γ, the limit of H(n) - ln n (Euler and Mascheroni).</summary>
    private const double EulerMascheroni = 0.57721566490153286;

    /// <summary>c(n): the mean length of an unsuccessful search in a binary search tree of n rows, with H(i) ≈ ln i + γ (Liu et al., equation 1).</summary>
    public static double MeanLength(int rows) => rows switch
    {
        <= 1 => 0,
        2 => 1,
        _ => (2 * (Math.Log(rows - 1) + EulerMascheroni)) - (2.0 * (rows - 1) / rows),
    };
}
