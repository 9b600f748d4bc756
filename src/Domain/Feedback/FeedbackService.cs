using System.Runtime.CompilerServices;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Feedback.Units;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Serving.Ids;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Feedback;

/// <summary>What became of predictions: recorded once, corrected, and summed up by version. Thread safe.</summary>
/// <remarks>
/// Model, version, deployment and what was predicted are told by the id of the prediction. What is told again of the same prediction stands in place of
/// what was told before, in every sum too.
/// </remarks>
/// <param name="documents">Where it is kept.</param>
/// <param name="registry">Knows models and deployments.</param>
/// <param name="time">The clock.</param>
public sealed class FeedbackService(IDocumentStore documents, ModelRegistry registry, TimeProvider time)
{
    /// <summary>Versions of a summary at most, the newest first.</summary>
    public const int MaxVersions = 100;

    private readonly FeedbackReader reader = new(registry, time);
    private readonly FeedbackWriter writer = new(documents);

    /// <summary>Records feedback; of several items all or none are accepted.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="idOrName">The model.</param>
    /// <param name="items">1 to <see cref="FeedbackItem.MaxItems"/>, each about another prediction.</param>
    /// <param name="operationId">A repeat under the same one answers as the first time, and records nothing over what came since; null for none.</param>
    /// <param name="by">Who tells it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The model, and what became of each item.</returns>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>feedback_missing</c>, <c>feedback_too_many</c>, <c>feedback_empty</c>,
    /// <c>feedback_repeated</c>, <c>feedback_invalid</c>, <c>feedback_contradictory</c>, <c>prediction_unknown</c>, <c>write_contention</c>.
    /// </exception>
    public async Task<(RegisteredModel Model, IReadOnlyList<FeedbackReceipt> Receipts)> RecordAsync(
        TenantId tenant, string idOrName, IReadOnlyList<FeedbackItem> items, string? operationId, string by, CancellationToken cancellationToken)
    {
        RegisteredModel model = await registry.GetHeadAsync(tenant, idOrName, cancellationToken);
        IReadOnlyList<FeedbackDraft> drafts = await reader.ReadAsync(tenant, model, items, by, cancellationToken);
        return (model, await writer.WriteAsync(tenant, model.Name, drafts, operationId, cancellationToken));
    }

    /// <summary>Feedback, that of later predictions first.</summary>
    /// <returns>A page that may have fewer items than were asked for while more follow.</returns>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>model_version_not_found</c>, <c>model_version_deleted</c>, <c>continuation_invalid</c>.
    /// </exception>
    public async Task<ResultPage<FeedbackRecord>> ListAsync(
        TenantId tenant, string idOrName, FeedbackFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        RegisteredModel model = await registry.GetHeadAsync(tenant, idOrName, cancellationToken);
        if (filter.PredictionId is { } named)
        {
            Stored<FeedbackRecord>? one = PredictionId.TryParse(named, out PredictionId id)
                ? await documents.ReadAsync(FeedbackKeys.Collection, FeedbackKeys.Model(tenant, model.Name), FeedbackKeys.Record(id), FeedbackJson.Default.FeedbackRecord, cancellationToken)
                : null;
            return new ResultPage<FeedbackRecord>(one is null ? [] : [one.Value], null);
        }

        int? sequence = filter.Version is { } label ? (await registry.GetVersionAsync(tenant, model.Name, label, cancellationToken)).Sequence : null;
        ResultPage<FeedbackRecord> found = await documents.ReadPageAsync(
            FeedbackKeys.Records(tenant, model.Name, filter.From, filter.To), page, FeedbackJson.Default.FeedbackRecord, cancellationToken);
        return new(
            [.. found.Items.Where(record => (sequence is null || record.Sequence == sequence) && (filter.Correct is null || record.Correct == filter.Correct))],
            found.Continuation);
    }

    /// <summary>What feedback says of a model's versions, newest first.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="idOrName">The model.</param>
    /// <param name="label">One version; null for all, up to <see cref="MaxVersions"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>model_version_not_found</c>, <c>model_version_deleted</c>.</exception>
    public async Task<(RegisteredModel Model, IReadOnlyList<VersionFeedback> Versions)> SummaryAsync(
        TenantId tenant, string idOrName, string? label, CancellationToken cancellationToken)
    {
        RegisteredModel model = await registry.GetHeadAsync(tenant, idOrName, cancellationToken);
        DocumentQuery query = label is null
            ? FeedbackKeys.Versions(tenant, model.Name)
            : FeedbackKeys.Version(tenant, model.Name, (await registry.GetVersionAsync(tenant, model.Name, label, cancellationToken)).Sequence);
        List<VersionFeedback> versions = [];
        await foreach (Stored<FeedbackCounts> part in documents.ReadAllAsync(query, FeedbackJson.Default.FeedbackCounts, cancellationToken))
        {
            int sequence = FeedbackKeys.SequenceOf(part.RowKey);
            if (versions.Count > 0 && versions[^1].Sequence == sequence)
            {
                versions[^1] = new(sequence, versions[^1].Counts.Plus(part.Value));
                continue;
            }

            if (versions.Count == MaxVersions)
            {
                break;
            }

            versions.Add(new(sequence, part.Value));
        }

        return (model, versions);
    }

    /// <summary>What became of the units of an A/B test.</summary>
    internal async IAsyncEnumerable<UnitOutcome> UnitsAsync(TenantId tenant, string model, int deployment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Stored<UnitBucket> bucket in documents.ReadAllAsync(FeedbackKeys.Units(tenant, model, deployment), FeedbackJson.Default.UnitBucket, cancellationToken))
        {
            foreach (UnitOutcome outcome in bucket.Value.Outcomes)
            {
                yield return outcome;
            }
        }
    }

    /// <summary>What feedback says of the versions that a deployment divides its traffic among.</summary>
    /// <returns>By version; none of one without feedback.</returns>
    public async Task<IReadOnlyDictionary<int, FeedbackCounts>> OfDeploymentAsync(TenantId tenant, string model, int deployment, CancellationToken cancellationToken)
    {
        SortedDictionary<int, FeedbackCounts> versions = [];
        await foreach (Stored<FeedbackCounts> part in documents.ReadAllAsync(FeedbackKeys.Deployment(tenant, model, deployment), FeedbackJson.Default.FeedbackCounts, cancellationToken))
        {
            int sequence = FeedbackKeys.SequenceOfDeployment(part.RowKey);
            versions[sequence] = versions.GetValueOrDefault(sequence, new FeedbackCounts()).Plus(part.Value);
        }

        return versions;
    }
}
