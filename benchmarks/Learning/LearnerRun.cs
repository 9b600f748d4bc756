namespace Trainyard.Benchmarks.Learning;

/// <summary>What one process measured of one learner: ours and the peer print the same line of JSON.</summary>
/// <param name="FirstFitSeconds">The first fit of the process.</param>
/// <param name="FitSeconds">One fit once compiled.</param>
/// <param name="Worth">What it minimises, or its accuracy on the last tenth of the rows.</param>
internal sealed record LearnerRun(double FirstFitSeconds, double FitSeconds, double Worth);
