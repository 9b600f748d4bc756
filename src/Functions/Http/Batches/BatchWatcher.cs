using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Trainyard.Domain.Batches;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Functions.Http.Batches;

/// <summary>Follows a prediction job to its end.</summary>
/// <param name="batches">Where jobs are read.</param>
/// <param name="time">Paces the reading.</param>
/// <param name="lifetime">Says when the host stops.</param>
public sealed class BatchWatcher(BatchService batches, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private readonly EventPace pace = new(time, lifetime);

    /// <summary>An event <c>job</c>, the job as it then is, each time that it changed. The stream ends after its end, or when the host stops.</summary>
    /// <exception cref="Domain.Problems.ProblemException">The job is gone (<c>batch_not_found</c>).</exception>
    public async IAsyncEnumerable<SseItem<string>> WatchAsync(TenantId tenant, string jobId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? told = null;
        BatchJob job;
        do
        {
            job = await batches.GetAsync(tenant, jobId, cancellationToken);
            string json = JsonSerializer.Serialize(BatchDocument.Of(job), BatchWire.Default.BatchDocument);
            if (json != told)
            {
                told = json;
                yield return new SseItem<string>(json, "job");
            }
        }
        while (!job.IsOver && await pace.PauseAsync(cancellationToken));
    }
}
