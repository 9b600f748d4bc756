using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Azure.Data.Tables.Wire;

/// <summary>A list that the service gives in pages.</summary>
/// <param name="pipeline">Sends the calls.</param>
/// <param name="path">What is listed.</param>
/// <param name="parameters">The query: filter, select.</param>
/// <param name="maxPerPage">Items of a page, or null for the service's own bound.</param>
/// <param name="continuations">The names that the service continues by: headers <c>x-ms-continuation-NAME</c>, parameters <c>NAME</c>.</param>
/// <param name="read">Reads an item.</param>
/// <param name="cancellationToken">Cancels calls that have no token of their own.</param>
internal sealed class TablePageable<T>(
    TablePipeline pipeline,
    string path,
    (string Name, string? Value)[] parameters,
    int? maxPerPage,
    string[] continuations,
    Func<JsonElement, T> read,
    CancellationToken cancellationToken) : AsyncPageable<T>(cancellationToken)
    where T : notnull
{
    // Neither a header's value nor a parameter's holds one.
    private const char Separator = '\n';

    public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        PagesAsync(continuationToken, pageSizeHint ?? maxPerPage, CancellationToken);

    private async IAsyncEnumerable<Page<T>> PagesAsync(string? token, int? size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            IEnumerable<(string, string?)> next = token is null ? [] : continuations.Zip(token.Split(Separator), (name, value) => (name, value.Length == 0 ? null : value));
            string query = TablePipeline.Query([.. parameters, ("$top", size?.ToString(System.Globalization.CultureInfo.InvariantCulture)), .. next]);
            (IReadOnlyList<T> values, Response response) =
                await pipeline.ReadListAsync(new Uri(pipeline.Endpoint, path + query), read, cancellationToken).ConfigureAwait(false);
            token = TokenOf(response);
            yield return Page<T>.FromValues(values, token, response);
        }
        while (token is not null);
    }

    private string? TokenOf(Response response)
    {
        string[] values = [.. continuations.Select(name => response.Headers.TryGetValue($"x-ms-continuation-{name}", out string? value) ? value : string.Empty)];
        return values.All(value => value.Length == 0) ? null : string.Join(Separator, values);
    }
}
