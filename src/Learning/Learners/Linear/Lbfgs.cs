using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Linear;

/// <summary>Limited-memory BFGS with a weak-Wolfe line search by bisection.</summary>
/// <remarks>
/// Sources: Nocedal and Wright, Numerical optimization, 2006, algorithms 7.4 and 7.5; Lewis and Overton, Nonsmooth
/// optimization via quasi-Newton methods, 2013, algorithm 2.6 (line search).
/// </remarks>
internal sealed class Lbfgs
{
    /// <summary>Lists as long as the point that are held at once: a step and a change for each iteration remembered, and what one iteration works with.</summary>
    public const int HeldVectors = (2 * Memory) + 6;

    private const int Memory = 10;
    private const double SufficientDecrease = 1e-4;
    private const double CurvatureShare = 0.9;
    private const int MaximumLineSteps = 60;

    private readonly ISmoothObjective objective;
    private readonly LinkedList<(double[] Step, double[] Change, double Scale)> pairs = new();
    private double[] point;
    private double[] gradient;
    private double value;

    public Lbfgs(ISmoothObjective objective, double[] start)
    {
        this.objective = objective;
        point = [.. start];
        gradient = new double[start.Length];
        value = objective.Evaluate(point, gradient);
    }

    public double Value => value;

    /// <summary>Minimises until no partial derivative passes <paramref name="tolerance"/>, or progress ends in rounding.</summary>
    /// <param name="tolerance">Bound on the largest partial derivative.</param>
    /// <param name="maximumIterations">Iterations at most.</param>
    /// <param name="iterated">Told the number of each iteration just done; may throw to cancel.</param>
    public double[] Minimize(double tolerance, int maximumIterations, Action<int> iterated)
    {
        for (int iteration = 1; iteration <= maximumIterations && Array.Exists(gradient, part => Math.Abs(part) > tolerance); iteration++)
        {
            if (!Advance())
            {
                break;
            }

            iterated(iteration);
        }

        return point;
    }

    private bool Advance()
    {
        double[] direction = Direction();
        double slope = Vectors.Dot(direction, gradient);
        if (!(slope < 0))
        {
            return false;
        }

        // Without curvature information the first step is as long as the gradient is small.
        double firstLength = pairs.Count == 0 ? Math.Min(1, 1 / Math.Sqrt(Vectors.Dot(gradient, gradient))) : 1;
        double[] nextGradient = new double[point.Length];
        if (Search(direction, slope, firstLength, nextGradient) is not { } next)
        {
            return false;
        }

        Remember(next.Point, nextGradient);
        bool moved = next.Value < value;
        (point, value, gradient) = (next.Point, next.Value, nextGradient);
        return moved;
    }

    private (double[] Point, double Value)? Search(double[] direction, double slope, double length, double[] nextGradient)
    {
        double low = 0;
        double high = double.PositiveInfinity;
        for (int step = 0; step < MaximumLineSteps; step++)
        {
            double[] next = [.. point];
            Vectors.AddScaled(next, length, direction);
            double nextValue = objective.Evaluate(next, nextGradient);
            if (!(nextValue <= value + (SufficientDecrease * length * slope)))
            {
                high = length;
            }
            else if (Vectors.Dot(nextGradient, direction) < CurvatureShare * slope)
            {
                low = length;
            }
            else
            {
                return (next, nextValue);
            }

            length = double.IsPositiveInfinity(high) ? 2 * low : (low + high) / 2;
        }

        return null;
    }

    private void Remember(double[] nextPoint, double[] nextGradient)
    {
        double[] step = [.. nextPoint];
        Vectors.AddScaled(step, -1, point);
        double[] change = [.. nextGradient];
        Vectors.AddScaled(change, -1, gradient);
        double curvature = Vectors.Dot(step, change);
        if (curvature > 0)
        {
            pairs.AddLast((step, change, 1 / curvature));
        }

        if (pairs.Count > Memory)
        {
            pairs.RemoveFirst();
        }
    }

    /// <summary>The two-loop recursion.</summary>
    private double[] Direction()
    {
        double[] direction = Array.ConvertAll(gradient, part => -part);
        Stack<double> shares = new();
        for (LinkedListNode<(double[] Step, double[] Change, double Scale)>? node = pairs.Last; node is not null; node = node.Previous)
        {
            double share = node.Value.Scale * Vectors.Dot(node.Value.Step, direction);
            Vectors.AddScaled(direction, -share, node.Value.Change);
            shares.Push(share);
        }

        if (pairs.Last?.Value is { } last)
        {
            double scale = 1 / (last.Scale * Vectors.Dot(last.Change, last.Change));
            direction = Array.ConvertAll(direction, part => scale * part);
        }

        foreach ((double[] step, double[] change, double scale) in pairs)
        {
            double back = scale * Vectors.Dot(change, direction);
            Vectors.AddScaled(direction, shares.Pop() - back, step);
        }

        return direction;
    }
}
