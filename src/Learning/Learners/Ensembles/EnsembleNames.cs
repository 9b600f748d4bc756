namespace Trainyard.Learning.Learners.Ensembles;

/// <summary>What ensembles are called where learners are named: in lineage, in model files, on leaderboards.</summary>
public static class EnsembleNames
{
    /// <summary>The name of <see cref="EnsembleMethod.Voting"/>.</summary>
    public const string Voting = "voting";

    /// <summary>The name of <see cref="EnsembleMethod.Averaging"/>.</summary>
    public const string Averaging = "averaging";

    /// <summary>The name of <see cref="EnsembleMethod.Stacking"/>.</summary>
    public const string Stacking = "stacking";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } = [Voting, Averaging, Stacking];

    /// <summary>The name of a method.</summary>
    public static string Of(EnsembleMethod method) => method switch
    {
        EnsembleMethod.Voting => Voting,
        EnsembleMethod.Averaging => Averaging,
        _ => Stacking,
    };
}
