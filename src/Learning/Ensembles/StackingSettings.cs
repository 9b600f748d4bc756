namespace Trainyard.Learning.Ensembles;

/// <summary>What governs the model over predictions.</summary>
/// <param name="Penalty">As <see cref="EnsembleFit.Penalty"/>.</param>
/// <param name="BalanceClasses">True to weigh rows so that every class counts the same.</param>
internal sealed record StackingSettings(double Penalty, bool BalanceClasses);
