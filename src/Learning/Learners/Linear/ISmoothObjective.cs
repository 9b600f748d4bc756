namespace Trainyard.Learning.Learners.Linear;

/// <summary>A differentiable function that <see cref="Lbfgs"/> minimises.</summary>
internal interface ISmoothObjective
{
    /// <summary>The number of variables.</summary>
    int Size { get; }

    /// <summary>The value at <paramref name="point"/>; fills <paramref name="gradient"/>.</summary>
    double Evaluate(double[] point, double[] gradient);
}
