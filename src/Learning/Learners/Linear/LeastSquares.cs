using Trainyard.Learning.Data;
using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Linear;

/// <summary>Penalised least squares by the solver that suits the penalty and the size.</summary>
internal static class LeastSquares
{
    /// <summary>Features up to which the normal equations are factorised: 32 MB for the matrix.</summary>
    private const int MaximumFactorized = 2000;

    private const double Tolerance = 1e-7;

    /// <summary>Minimises ½ Σ wᵢ (yᵢ - xᵢβ - b)² + l1 Σ |β| + l2/2 Σ β², where x are the standardised features.</summary>
    public static LinearModel Fit(string learner, TrainingSet set, double l1, double l2, int limit, FitOptions options, CancellationToken cancellationToken)
    {
        FitMemory.Check(LearnerCatalog.Get(learner), set, options, (double)set.Features.RowCount * set.Features.FeatureCount);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        double[] weights = TargetBuilder.Weights(set);
        StandardizedFeatures standard = StandardizedFeatures.Of(set, weights, parallel);
        DenseFeatures features = standard.Features;
        if (l1 == 0 && features.FeatureCount > MaximumFactorized)
        {
            // The gradient is as large as the labels spread, so the bound on it is in those units.
            (double mean, double deviation) = Statistics.MeanAndDeviation(set.Labels, weights);
            double[] start = new double[features.FeatureCount + 1];
            start[^1] = mean;
            Lbfgs solver = new(new SquaredObjective(features, set.Labels, weights, l2), start);
            double[] solution = solver.Minimize(Tolerance * deviation, limit, Iterated);
            return standard.Model(learner, LinearLink.Identity, solution[..^1], [solution[^1]]);
        }

        CenteredProblem problem = new(features, set.Labels, weights);
        double[] slopes = l1 == 0 ? RidgeSolver.Solve(problem, l2) : ElasticNetSolver.Solve(problem, l1, l2, limit, Iterated);
        return standard.Model(learner, LinearLink.Identity, slopes, [problem.Intercept(slopes)]);

        void Iterated(int iteration)
        {
            cancellationToken.ThrowIfCancellationRequested();
            options.Progress?.Report(new FitProgress(iteration, limit, null, null));
        }
    }
}
