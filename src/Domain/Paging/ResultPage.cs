namespace Trainyard.Domain.Paging;

/// <summary>Part of a list.</summary>
/// <param name="Items">At most the limit asked for; may be fewer, even none, while more follow.</param>
/// <param name="Continuation">Opaque; asks for the next page; null on the last one.</param>
/// <typeparam name="T">What is listed.</typeparam>
public sealed record ResultPage<T>(IReadOnlyList<T> Items, string? Continuation)
{
    /// <summary>The same page of something made from each item.</summary>
    public ResultPage<TOther> Select<TOther>(Func<T, TOther> convert) => new([.. Items.Select(convert)], Continuation);
}
