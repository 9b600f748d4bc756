using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Serving.Ids;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>Reads the log of a model. Thread safe.</summary>
/// <param name="blobs">Where it is.</param>
/// <param name="registry">Knows models and versions.</param>
/// <param name="log">This host's own lines, which are written down before anybody reads.</param>
/// <param name="time">The clock.</param>
/// <param name="options">Bounds.</param>
public sealed class PredictionLogReader(IBlobStore blobs, ModelRegistry registry, PredictionLog log, TimeProvider time, PredictionLogOptions options)
{
    // A row is logged after its id was made: by the rest of its request, and what clocks of two processes differ.
    private static readonly TimeSpan BeforeId = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterId = TimeSpan.FromMinutes(10);

    /// <summary>Lists logged rows.</summary>
    /// <remarks>
    /// Segment by segment, the one that began first (or last) first, and within one in the order of writing: of one host that is the order of
    /// time to the millisecond, of several at work at once their segments take turns. No row is left out or given twice.
    /// </remarks>
    /// <returns>A page that may have fewer rows than were asked for, even none, while more follow.</returns>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>model_version_not_found</c>, <c>model_version_deleted</c>,
    /// <c>time_range_invalid</c>, <c>prediction_id_invalid</c>, <c>continuation_invalid</c>.
    /// </exception>
    public async Task<ResultPage<LoggedPrediction>> ListAsync(TenantId tenant, string idOrName, LogQuery query, PageRequest page, CancellationToken cancellationToken)
    {
        PredictionId? prediction = Require(query);
        LogPosition? position = LogPosition.Require(page.Continuation);
        RegisteredModel model = await registry.GetHeadAsync(tenant, idOrName, cancellationToken);
        string? version = query.Version is null ? null : await LabelAsync(tenant, model, query.Version, cancellationToken);
        await log.FlushAsync(tenant, model.Name, cancellationToken);
        (DateTimeOffset from, DateTimeOffset to) = Range(query, prediction);
        if (from >= to)
        {
            return new([], Continuation: null);
        }

        LogScan scan = new(blobs, tenant, model.Name, options, new LogFilter(from, to, version, prediction), query.OldestFirst, page.Limit);
        return await scan.RunAsync(position, cancellationToken);
    }

    private static PredictionId? Require(LogQuery query)
    {
        if (query is { From: { } from, To: { } to } && from >= to)
        {
            throw new ProblemException(new Problem(ProblemKind.Malformed, "time_range_invalid", "from must be before to.", "from"));
        }

        return query.PredictionId is null ? null
            : PredictionId.TryParse(query.PredictionId, out PredictionId id) ? id
            : throw new ProblemException(new Problem(ProblemKind.Malformed, "prediction_id_invalid", "prediction_id must be one that an answer gave, letter by letter.", "prediction_id"));
    }

    private async Task<string> LabelAsync(TenantId tenant, RegisteredModel model, string version, CancellationToken cancellationToken) =>
        ModelVersion.TryParseLabel(version, out int sequence)
            ? ModelVersion.LabelOf(sequence)
            : (await registry.GetVersionAsync(tenant, model, version, cancellationToken)).Label;

    private (DateTimeOffset From, DateTimeOffset To) Range(LogQuery query, PredictionId? prediction)
    {
        // A host whose clock is ahead of this one's has rows already.
        DateTimeOffset now = time.GetUtcNow();
        (DateTimeOffset from, DateTimeOffset to) = (Later(query.From ?? now - options.Retention, now - options.Retention), Earlier(query.To ?? now + AfterId, now + AfterId));
        return prediction is not { At: var made } ? (from, to)
            : made >= to ? (to, to)
            : (Later(from, made - BeforeId), Earlier(to, made + AfterId));
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
