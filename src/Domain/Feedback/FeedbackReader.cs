using System.Collections.Concurrent;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Serving.Ids;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Feedback;

/// <summary>Makes records of what is told, or refuses all of it. Thread safe.</summary>
internal sealed class FeedbackReader(ModelRegistry registry, TimeProvider time)
{
    // Clocks of callers and hosts differ by less.
    private static readonly TimeSpan MaxAhead = TimeSpan.FromDays(1);

    // A deployment never changes, so it is read once; so many are of a whole day's feedback.
    private const int MaxDeployments = 1_000;
    private readonly ConcurrentDictionary<(TenantId Tenant, string ModelId, int Number), Deployment> deployments = new();

    public async Task<IReadOnlyList<FeedbackDraft>> ReadAsync(
        TenantId tenant, RegisteredModel model, IReadOnlyList<FeedbackItem> items, string by, CancellationToken cancellationToken)
    {
        _ = items.Count switch
        {
            0 => throw FeedbackProblems.Missing(),
            > FeedbackItem.MaxItems => throw FeedbackProblems.TooMany(),
            _ => items,
        };
        List<FeedbackDraft> drafts = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        DateTimeOffset now = time.GetUtcNow();
        for (int row = 1; row <= items.Count; row++)
        {
            FeedbackItem item = items[row - 1];
            PredictionId id = Identify(model, item, row, now);
            if (!seen.Add(item.PredictionId))
            {
                throw FeedbackProblems.Repeated(row);
            }

            drafts.Add(new FeedbackDraft(id, await DeploymentAsync(tenant, model, id, cancellationToken), Record(item, id, row, now, by)));
        }

        return drafts;
    }

    // All that an id says must be so of the model; nothing of it has to be looked up but its numbers.
    private static PredictionId Identify(RegisteredModel model, FeedbackItem item, int row, DateTimeOffset now) =>
        !PredictionId.TryParse(item.PredictionId, out PredictionId id) ? throw FeedbackProblems.Unknown(row, "has a 'prediction_id' that no prediction was answered with.")
        : id.ModelTag != PredictionId.TagOf(model.Id) || id.Sequence >= model.NextSequence || id.Deployment > model.DeploymentCount || id.At > now + MaxAhead
            ? throw FeedbackProblems.Unknown(row, FeedbackProblems.OfOther(model))
        : id;

    private static FeedbackRecord Record(FeedbackItem item, PredictionId id, int row, DateTimeOffset now, string by)
    {
        RequireUsable(item, row, now);
        ActualValue? actual = item.Actual is { } json
            ? ActualValue.Of(json) ?? throw FeedbackProblems.Invalid(row, "actual", "it must be a text, a number or a truth value.")
            : null;
        bool isNumber = id.Predicted.Kind == PredictedKind.Number;
        if (actual is { } given && (isNumber ? given.Number is null : given.Labels[0].Length > FeedbackItem.MaxLabelLength))
        {
            throw FeedbackProblems.Invalid(row, "actual", isNumber ? "a number was predicted, so it must be one." : $"a label has at most {FeedbackItem.MaxLabelLength} characters.");
        }

        bool? correct = actual is { } known && !isNumber ? known.Is(id.Predicted) : null;
        if (correct is not null && item.Correct is not null && correct != item.Correct)
        {
            throw FeedbackProblems.Contradictory(row);
        }

        return new FeedbackRecord
        {
            PredictionId = item.PredictionId,
            Sequence = id.Sequence,
            Deployment = id.Deployment,
            PredictedAt = id.At,
            PredictedNumber = isNumber && double.IsFinite(id.Predicted.Number) ? id.Predicted.Number : null,
            Actual = actual?.Labels[0],
            ActualNumber = isNumber ? actual?.Number : null,
            Correct = correct ?? item.Correct,
            Value = item.Value,
            Rating = item.Rating,
            Comment = item.Comment,
            ObservedAt = item.Time?.ToUniversalTime(),
            RecordedAt = now,
            By = by,
        };
    }

    private static void RequireUsable(FeedbackItem item, int row, DateTimeOffset now)
    {
        if (item is { Actual: null, Correct: null, Value: null, Rating: null, Comment: null })
        {
            throw FeedbackProblems.Empty(row);
        }

        if (item.Rating is < 1 or > FeedbackItem.MaxRating)
        {
            throw FeedbackProblems.Invalid(row, "rating", $"it must be from 1 to {FeedbackItem.MaxRating}.");
        }

        if (item.Comment?.Length > FeedbackItem.MaxCommentLength)
        {
            throw FeedbackProblems.Invalid(row, "comment", $"it may have {FeedbackItem.MaxCommentLength} characters.");
        }

        if (item.Value is { } value && !double.IsFinite(value))
        {
            throw FeedbackProblems.Invalid(row, "value", "it must be a finite number.");
        }

        if (item.Time > now + MaxAhead)
        {
            throw FeedbackProblems.Invalid(row, "time", "it lies in the future.");
        }
    }

    private async Task<Deployment?> DeploymentAsync(TenantId tenant, RegisteredModel model, PredictionId id, CancellationToken cancellationToken)
    {
        if (id.Deployment == 0)
        {
            return null;
        }

        (TenantId, string, int) key = (tenant, model.Id, id.Deployment);
        if (deployments.TryGetValue(key, out Deployment? known))
        {
            return known;
        }

        if (deployments.Count >= MaxDeployments)
        {
            deployments.Clear();
        }

        Deployment read = await registry.GetDeploymentAsync(tenant, model, id.Deployment, cancellationToken);
        return deployments.GetOrAdd(key, read);
    }
}
