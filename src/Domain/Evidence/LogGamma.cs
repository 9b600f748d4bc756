namespace Trainyard.Domain.Evidence;

/// <summary>The logarithm of the gamma function, and what is made of it.</summary>
internal static class LogGamma
{
    // From here on the series below is exact to the last digits.
    private const double Shift = 10;

    // Bernoulli numbers B₂ₖ / (2k (2k - 1)) of Stirling's series (Abramowitz and Stegun, 1964, 6.1.41).
    private static readonly double[] Stirling = [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156];

    /// <summary>ln Γ(x).</summary>
    /// <param name="x">Greater than 0.</param>
    public static double Of(double x)
    {
        double product = 1;
        while (x < Shift)
        {
            product *= x;
            x++;
        }

        double inverse = 1 / x;
        double square = inverse * inverse;
        double sum = 0;
        for (int term = Stirling.Length - 1; term >= 0; term--)
        {
            sum = (sum * square) + Stirling[term];
        }

        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (sum * inverse) - Math.Log(product);
    }

    /// <summary>ln B(a, b).</summary>
    public static double Beta(double a, double b) => Of(a) + Of(b) - Of(a + b);
}
