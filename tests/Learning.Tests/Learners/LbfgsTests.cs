using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Learners.Linear;

namespace Trainyard.Learning.Tests.Learners;

public class LbfgsTests
{
    [Fact]
    public void Minimize_Rosenbrock_FindsTheFloorOfTheValley()
    {
        double[] found = new Lbfgs(new Rosenbrock(), [-1.2, 1]).Minimize(1e-9, 500, _ => { });
        Assert.Equal(1, found[0], 1e-6);
        Assert.Equal(1, found[1], 1e-6);
    }

    [Fact]
    public void Minimize_FromTheMinimum_StaysThere() =>
        Assert.Equal([1, 1], new Lbfgs(new Rosenbrock(), [1, 1]).Minimize(1e-9, 500, _ => Assert.Fail("There is nothing to do.")));

    [Fact]
    public void Minimize_SquaredError_EqualsTheFactorisedSolution()
    {
        TrainingSet set = Samples.Load("diabetes", standardize: true);
        DenseFeatures features = DenseFeatures.Of(set.Features, new ParallelOptions());
        double[] weights = [.. set.Labels.Select((_, row) => 1.0 + (row % 3))];
        CenteredProblem problem = new(features, set.Labels, weights);
        double[] exact = RidgeSolver.Solve(problem, l2: 5);
        double[] iterated = new Lbfgs(new SquaredObjective(features, set.Labels, weights, 5), new double[features.FeatureCount + 1]).Minimize(1e-9, 1000, _ => { });
        Assert.All(exact, (slope, index) => Assert.Equal(slope, iterated[index], 1e-5));
        Assert.Equal(problem.Intercept(exact), iterated[^1], 1e-5);
    }

    private sealed class Rosenbrock : ISmoothObjective
    {
        public int Size => 2;

        public double Evaluate(double[] point, double[] gradient)
        {
            double rise = point[1] - (point[0] * point[0]);
            gradient[0] = (-400 * point[0] * rise) - (2 * (1 - point[0]));
            gradient[1] = 200 * rise;
            return (100 * rise * rise) + ((1 - point[0]) * (1 - point[0]));
        }
    }
}
