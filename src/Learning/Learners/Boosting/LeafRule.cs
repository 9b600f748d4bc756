namespace Trainyard.Learning.Learners.Boosting;

/// <summary>What a leaf is worth and how well it fits.</summary>
/// <remarks>
/// Chen and Guestrin, XGBoost, KDD 2016, equations 5 and 6, with L1: for a pull G and Hessian H the best leaf is
/// w = T(G) / (H + λ) with T(G) = sign(G) max(|G| - α, 0), and it fits by 2 G w - (H + λ) w² - 2 α |w|, which is
/// T(G)² / (H + λ) unless bounds of a monotone constraint move w.
/// </remarks>
internal readonly struct LeafRule(double l1, double l2)
{
    public double Value(double pull, double hessian) => Quotient(Shrink(pull), hessian + l2);

    public double Value(double pull, double hessian, LeafBounds bounds) => bounds.Clamp(Value(pull, hessian));

    public double Score(double pull, double hessian)
    {
        double shrunk = Shrink(pull);
        return Quotient(shrunk * shrunk, hessian + l2);
    }

    /// <summary>The score of a leaf that is held at <paramref name="value"/>.</summary>
    public double Score(double pull, double hessian, double value) =>
        (2 * pull * value) - ((hessian + l2) * value * value) - (2 * l1 * Math.Abs(value));

    private double Shrink(double pull) => l1 == 0 ? pull : Math.CopySign(Math.Max(Math.Abs(pull) - l1, 0), pull);

    // A Hessian of 0 (rows of weight 0, or sure predictions) has no pull either.
    private static double Quotient(double part, double whole) => whole > 0 ? part / whole : 0;
}
