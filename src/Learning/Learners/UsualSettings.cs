using System.Collections.ObjectModel;

namespace Trainyard.Learning.Learners;

/// <summary>Settings in which <c>auto</c> tries a learner.</summary>
/// <param name="Variant">Tells them from others of the same learner, for example <c>slow</c>; empty for the plain ones.</param>
/// <param name="Settings">Hyper-parameters; those that are absent take their default.</param>
public sealed record UsualSettings(string Variant, IReadOnlyDictionary<string, double> Settings)
{
    /// <summary>Every default.</summary>
    public static UsualSettings Plain { get; } = new(string.Empty, ReadOnlyDictionary<string, double>.Empty);
}
