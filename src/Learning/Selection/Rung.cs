namespace Trainyard.Learning.Selection;

/// <summary>One round of successive halving: so many candidates are scored on so many rows. Plain data.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Rows">Rows that candidates are scored on; in the last rung all.</param>
/// <param name="Candidates">Candidates that take part at most.</param>
/// <param name="Folds">Folds that they are scored by.</param>
public sealed record Rung(int Number, int Rows, int Candidates, int Folds);
