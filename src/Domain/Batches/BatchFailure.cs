namespace Trainyard.Domain.Batches;

/// <summary>Why a job, or a stretch of its rows, could not be carried out.</summary>
/// <param name="Code">Stable snake-case code.</param>
/// <param name="Detail">What is wrong, for a person; at most <see cref="MaxDetailLength"/> characters.</param>
/// <param name="Field">The field or column at fault, or null.</param>
public sealed record BatchFailure(string Code, string Detail, string? Field = null)
{
    /// <summary>Characters of <see cref="Detail"/> at most: a paragraph.</summary>
    public const int MaxDetailLength = 1_000;

    /// <summary>The same, its detail no longer than it may be.</summary>
    public static BatchFailure Of(string code, string detail, string? field = null) =>
        new(code, detail.Length > MaxDetailLength ? string.Concat(detail.AsSpan(0, MaxDetailLength - 1), "…") : detail, field);
}
