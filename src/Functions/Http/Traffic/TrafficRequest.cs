using Trainyard.Domain.Registry.Traffic;

namespace Trainyard.Functions.Http.Traffic;

/// <summary>How to divide a model's traffic. What is absent or null stays as it is.</summary>
/// <param name="Shares">Every version that shall answer; together 100 percent.</param>
/// <param name="Shadows">Every version that shall see requests without answering, each any share of them.</param>
/// <param name="Fallback">The version that stands in for one whose file is gone or damaged; empty for what was in production before.</param>
/// <param name="LogRate">The share of predictions to log, from 0 to 1.</param>
/// <param name="AllowSchemaChange">Whether a version may read other columns, or predict something else, than the one in production.</param>
/// <param name="Reason">Why; kept in the history.</param>
internal sealed record TrafficRequest(
    IReadOnlyList<ShareView>? Shares = null,
    IReadOnlyList<ShareView>? Shadows = null,
    string? Fallback = null,
    double? LogRate = null,
    bool AllowSchemaChange = false,
    string? Reason = null)
{
    public TrafficChange ToChange() => new()
    {
        Shares = Shares is null ? null : [.. Shares.Select(share => share.ToWanted())],
        Shadows = Shadows is null ? null : [.. Shadows.Select(shadow => shadow.ToWanted())],
        Fallback = Fallback,
        LogRate = LogRate,
        AllowsOtherSchema = AllowSchemaChange,
    };
}
