using Trainyard.Domain.Batches;

namespace Trainyard.Functions.Http.Batches;

/// <summary>The file of results.</summary>
/// <param name="Url">Where it can be downloaded.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256.</param>
internal sealed record BatchResultDocument(string Url, long Bytes, string Sha256)
{
    public static BatchResultDocument? Of(BatchJob job) =>
        job.Result is { } result ? new($"{BatchRoutes.Of(job.Id)}/results/file", result.Bytes, result.Sha256) : null;
}
