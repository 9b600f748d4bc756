using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Problems;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Audit;

namespace Trainyard.Functions.Http;

/// <summary>Honours the <c>Idempotency-Key</c> header of requests that create something.</summary>
internal static class IdempotentRequest
{
    public const string Header = "Idempotency-Key";

    /// <summary>Runs a creating request, or answers a repeat as the first time.</summary>
    /// <param name="ledger">Remembers keys.</param>
    /// <param name="request">May carry the header.</param>
    /// <param name="operation">Names what is asked, with the ids in its path: <c>trigger-pipeline/{id}</c>.</param>
    /// <param name="requestHash">From <see cref="JsonBody.ReadHashedAsync"/>.</param>
    /// <param name="create">Creates under the identifier it is given, and finds what is there already under that identifier.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException"><c>idempotency_key_invalid</c>, <c>idempotency_key_reused</c>, or what <paramref name="create"/> throws.</exception>
    public static async Task<ApiResult> RunAsync(
        IdempotencyLedger ledger,
        HttpRequest request,
        string operation,
        string requestHash,
        Func<string, CancellationToken, Task<ApiResult>> create,
        CancellationToken cancellationToken)
    {
        RecordedResponse response = await ledger.RunAsync(
            RequestCaller.TenantOf(request),
            operation,
            Key(request),
            requestHash,
            async (id, token) => (await create(id, token)).ToRecorded(),
            cancellationToken);
        ApiResult result = ApiResult.From(response);
        AuditNote.Find(request)?.After(result.Body);
        return result;
    }

    /// <summary>The header, or null when it is absent.</summary>
    /// <exception cref="ProblemException"><c>idempotency_key_invalid</c>: it is there twice.</exception>
    public static string? Key(HttpRequest request)
    {
        StringValues values = request.Headers[Header];
        return values.Count <= 1
            ? (string?)values
            : throw new ProblemException(new Problem(ProblemKind.Malformed, "idempotency_key_invalid", $"{Header} is there {values.Count} times; send it once.", Header));
    }
}
