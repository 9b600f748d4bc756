using System.Globalization;

namespace Trainyard.Domain.Registry.Traffic;

/// <summary>What a version does in a model's traffic.</summary>
internal static class TrafficUse
{
    /// <summary>In words; null when it has no part in it.</summary>
    public static string? Of(RegisteredModel model, int sequence) =>
        model.Shares.FirstOrDefault(share => share.Sequence == sequence) is { } share ? string.Create(CultureInfo.InvariantCulture, $"it answers {share.Percent} % of the requests")
        : model.Traffic.Shadows.Any(shadow => shadow.Sequence == sequence) ? "it is a shadow"
        : model.Traffic.Fallback == sequence ? "it is the fallback"
        : null;
}
