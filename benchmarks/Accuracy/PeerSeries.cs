namespace Trainyard.Benchmarks.Accuracy;

/// <summary>A series and what a peer's exponential smoothing leaves of it.</summary>
/// <param name="Name">The series' name.</param>
/// <param name="SeasonLength">Steps per season; 1 without one.</param>
/// <param name="Values">Its values.</param>
/// <param name="Cases">One per form.</param>
internal sealed record PeerSeries(string Name, int SeasonLength, double[] Values, PeerSmoothing[] Cases);

/// <summary>One form of additive noise.</summary>
/// <param name="Form">Trend (N, A, d for damped) and season (N, A, M).</param>
/// <param name="SumOfSquares">Of the one-step errors.</param>
internal sealed record PeerSmoothing(string Form, double SumOfSquares);
