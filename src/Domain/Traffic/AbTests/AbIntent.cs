namespace Trainyard.Domain.Traffic.AbTests;

/// <summary>A change of traffic that is decided and may not be made yet: whoever finds it makes it, once.</summary>
/// <param name="Number">Counts the changes of a test; names the operation.</param>
/// <param name="Sequence">The version that gets all traffic; null for the shares of the test.</param>
/// <param name="State">How the test stands when it is made.</param>
/// <param name="Decision">What goes into the record then.</param>
public sealed record AbIntent(int Number, int? Sequence, AbTestState State, AbDecision Decision);
