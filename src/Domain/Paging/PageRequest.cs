using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Paging;

/// <summary>Which part of a list is wanted.</summary>
public sealed record PageRequest
{
    /// <summary>Items of a page when the caller names no limit.</summary>
    public const int DefaultLimit = 50;

    /// <summary>Items of a page at most: below <see cref="Ports.DocumentLimits.MaxPageSize"/>, as some lists read a document per item.</summary>
    public const int MaxLimit = 500;

    /// <summary>Characters of a continuation at most; stores return far shorter ones.</summary>
    public const int MaxContinuationLength = 8192;

    private PageRequest(int limit, string? continuation) => (Limit, Continuation) = (limit, continuation);

    /// <summary>The first page with the default limit.</summary>
    public static PageRequest First { get; } = new(DefaultLimit, null);

    /// <summary>Items at most, 1 to <see cref="MaxLimit"/>.</summary>
    public int Limit { get; }

    /// <summary>What the page before returned; null for the first page.</summary>
    public string? Continuation { get; }

    /// <summary>Checks what a caller asked for.</summary>
    /// <exception cref="ProblemException"><c>limit_out_of_range</c>, <c>continuation_invalid</c>.</exception>
    public static PageRequest Create(long? limit, string? continuation)
    {
        if (limit is < 1 or > MaxLimit)
        {
            throw new ProblemException(new Problem(ProblemKind.Malformed, "limit_out_of_range", $"limit is {limit}; it must be a whole number from 1 to {MaxLimit}.", "limit"));
        }

        if (continuation is { Length: > MaxContinuationLength })
        {
            throw InvalidContinuation();
        }

        return new PageRequest((int)(limit ?? DefaultLimit), string.IsNullOrEmpty(continuation) ? null : continuation);
    }

    internal static ProblemException InvalidContinuation(Exception? inner = null) => new(
        new Problem(ProblemKind.Malformed, "continuation_invalid", "continuation is not one that this list returned; send it back unchanged, or leave it out for the first page.", "continuation"),
        inner);
}
