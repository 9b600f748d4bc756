namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>What a look at a canary led to.</summary>
/// <param name="IsOver">Whether there is nothing more to look at.</param>
/// <param name="State">How it stands, as a word.</param>
/// <param name="WaitSeconds">Until the next look, unless somebody asks for something earlier.</param>
public sealed record CanaryLook(bool IsOver, string State, double WaitSeconds);
