namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>A change of traffic that is decided and may not be made yet: whoever finds it makes it, once.</summary>
/// <param name="Number">Counts the changes of a canary; names the operation.</param>
/// <param name="Step">The step that it leads to; -1 back to the version that was in production.</param>
/// <param name="State">How the canary stands when it is made.</param>
/// <param name="Decision">What goes into the record then.</param>
public sealed record CanaryIntent(int Number, int Step, CanaryState State, CanaryDecision Decision);
