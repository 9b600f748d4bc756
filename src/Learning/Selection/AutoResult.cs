using Trainyard.Learning.Models;

namespace Trainyard.Learning.Selection;

/// <summary>What <see cref="AutoTrainer"/> found.</summary>
/// <param name="Model">The winner, fitted on all rows that were given.</param>
/// <param name="Leaderboard">How all candidates did.</param>
public sealed record AutoResult(TabularModel Model, Leaderboard Leaderboard);
