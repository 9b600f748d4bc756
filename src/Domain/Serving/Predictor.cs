using System.Buffers;
using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving.Faces;
using Trainyard.Domain.Serving.Ids;

namespace Trainyard.Domain.Serving;

/// <summary>Predicts with what is deployed. Thread safe.</summary>
public sealed class Predictor
{
    // Two to a thousand milliseconds lie well inside; the first bounds show what one row costs.
    private static readonly double[] LatencyBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

    // From one row of a few columns to the largest body that is taken by default.
    private static readonly double[] SizeBounds = [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, ServingOptions.DefaultMaxBodyBytes];

    private readonly ModelCache cache;
    private readonly IIdSource ids;
    private readonly TimeProvider time;
    private readonly ServingOptions options;
    private readonly CallObserver? observer;
    private readonly CallLog? log;
    private readonly Counter predictions;
    private readonly Counter errors;
    private readonly Counter fallbacks;
    private readonly Histogram latency;
    private readonly Histogram bytes;
    private ulong random;

    /// <summary>Predicts with the models of <paramref name="cache"/>, counts in <paramref name="metrics"/>, tells <paramref name="observer"/> of what is compared and <paramref name="log"/> of what is logged.</summary>
    public Predictor(
        ModelCache cache, IIdSource ids, TimeProvider time, ServingOptions options, MetricsRegistry metrics, CallObserver? observer = null, CallLog? log = null)
    {
        (this.cache, this.ids, this.time, this.options, this.observer, this.log) = (cache, ids, time, options, observer, log);
        predictions = metrics.Counter("ml_predictions_total", "Rows predicted, by model.", "model");
        errors = metrics.Counter("ml_prediction_errors_total", "Prediction requests refused or failed, by code.", "code");
        fallbacks = metrics.Counter("ml_model_fallbacks_total", "Prediction requests answered by another version than the one that could not be loaded, by model.", "model");
        random = (ulong)time.GetTimestamp();
        bytes = metrics.Histogram("ml_prediction_request_bytes", "Size of a prediction request's body.", SizeBounds);
        latency = metrics.Histogram("ml_prediction_latency_seconds", "Time of a prediction request from its parsed arrival to its written answer.", LatencyBounds);
    }

    /// <summary>Bytes of a request at most.</summary>
    public int MaxBodyBytes => options.MaxBodyBytes;

    /// <summary>Answers a prediction request.</summary>
    /// <param name="call">Whom it is for.</param>
    /// <param name="face">The form in which it is asked and answered; what follows is that of <see cref="PredictFace.Rows"/>.</param>
    /// <param name="body">
    /// Of a model of tables <c>{"instances":[{"column": value, …}, …]}</c> or <c>{"instance":{…}}</c>; null or absent is missing; numbers may
    /// come as texts. Beside them, if wanted, <c>"probabilities": false</c>, <c>"explain": columns</c>, <c>"unknown_columns": "ignore"</c> and
    /// <c>"errors": "per_row"</c>. Of a forecaster <c>{"horizon": steps, "level": share}</c>, the level being 0.95 unless it is there.
    /// </param>
    /// <param name="answer">
    /// Receives <c>{"model","version","predictions","probabilities","prediction_ids"}</c>, where asked for with <c>"explanations"</c>,
    /// <c>"ignored_columns"</c> and <c>"errors"</c>; or
    /// <c>{"model","version","method","level","forecast":[{"time","value","lower","upper"}, …],"prediction_ids"}</c>; untouched when this throws.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_not_found</c>, <c>model_not_deployed</c>, <c>model_corrupt</c>, <c>model_too_large</c>, of a version that was
    /// asked for by its label <c>model_version_not_found</c>, <c>model_version_deleted</c>, <c>model_file_elsewhere</c>;
    /// <c>instances_missing</c>, <c>instances_too_many</c>, <c>instance_empty</c>, <c>column_unknown</c>, <c>column_is_target</c>,
    /// <c>column_duplicate</c>, <c>value_unusable</c>, <c>option_out_of_range</c>, <c>option_unknown</c>, <c>explanation_unavailable</c>,
    /// <c>explained_rows_too_many</c>; of forecasters <c>instances_unsupported</c>, <c>horizon_out_of_range</c>,
    /// <c>option_out_of_range</c>, <c>forecast_not_finite</c>; and those of JSON that cannot be read.
    /// </exception>
    public ValueTask PredictAsync(
        ModelCall call, PredictFace face, ReadOnlyMemory<byte> body, IBufferWriter<byte> answer, CancellationToken cancellationToken) =>
        PredictAsync(call, face, body, answer, held: null, cancellationToken);

    /// <summary>Holds back what is logged of requests that come in one; null when nothing is logged.</summary>
    internal HeldCalls? Hold() => log is null ? null : new HeldCalls(log);

    /// <inheritdoc cref="PredictAsync(ModelCall, PredictFace, ReadOnlyMemory{byte}, IBufferWriter{byte}, CancellationToken)"/>
    internal async ValueTask PredictAsync(
        ModelCall call, PredictFace face, ReadOnlyMemory<byte> body, IBufferWriter<byte> answer, HeldCalls? held, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        bytes.Observe(body.Length);
        try
        {
            ServingPlan plan = await cache.GetAsync(call.Tenant, call.Model, call.Version, cancellationToken);
            ulong unit = plan.IsSplit ? plan.UnitOf(call.CallerKey, RandomBits.Next(ref random)) : 0;
            ServedVersion version = plan.Choose(unit);
            PredictionId id = new(ids.NewGuid(), version.Model, plan.Deployment, unit);
            bool isLogged = log is not null && plan.IsLogged(ref random);
            int rows = isLogged || (plan.IsObserved && observer is not null)
                ? AnswerSeen(call, plan, version, id, face, body.Span, answer, started, isLogged, held, cancellationToken)
                : Answer(version, id, face, body.Span, answer, seen: null, cancellationToken);
            predictions.Add(version.Model.Version.ModelName, rows);
            latency.Observe(time.GetElapsedTime(started).TotalSeconds);
        }
        catch (Exception exception)
        {
            errors.Add(exception is ProblemException refused ? refused.Problem.Code : "unexpected", 1);
            throw;
        }
    }

    private int Answer(
        ServedVersion version, PredictionId id, PredictFace face, ReadOnlySpan<byte> body, IBufferWriter<byte> answer, CallOutputs? seen, CancellationToken cancellationToken)
    {
        CachedModel model = version.Model;
        int rows = model.Model.Answer(face, new PredictCall(model.Version, body, options, id) { Seen = seen }, answer, cancellationToken);
        if (version.IsFallback)
        {
            fallbacks.Add(model.Version.ModelName, 1);
        }

        return rows;
    }

    private int AnswerSeen(
        ModelCall call,
        ServingPlan plan,
        ServedVersion version,
        PredictionId id,
        PredictFace face,
        ReadOnlySpan<byte> body,
        IBufferWriter<byte> answer,
        long started,
        bool isLogged,
        HeldCalls? held,
        CancellationToken cancellationToken)
    {
        CallOutputs seen = new();
        CachedModel answered = version.Model;
        bool isAnswered = false;
        bool hasFailed = true;
        bool isKept = false;
        try
        {
            int rows = Answer(version, id, face, body, answer, seen, cancellationToken);
            (isAnswered, hasFailed) = (true, version.IsFallback);
            return rows;
        }
        catch (Exception fault) when (fault is not (ProblemException or OperationCanceledException) && version.Model != plan.Primary.Model)
        {
            // Not the request's fault: what is tried beside the deployed version costs no caller an answer.
            fallbacks.Add(version.Model.Version.ModelName, 1);
            answered = plan.Primary.Model;
            id = id.By(answered);
            seen.Dispose();
            int rows = Answer(plan.Primary, id, face, body, answer, seen, cancellationToken);
            isAnswered = true;
            return rows;
        }
        finally
        {
            // A caller who went away says nothing about the version.
            if (!cancellationToken.IsCancellationRequested)
            {
                ObservedCall observed = new()
                {
                    Call = call,
                    Plan = plan,
                    Version = version,
                    Answered = answered,
                    Id = id,
                    Face = face,
                    Body = body,
                    Outputs = seen,
                    HasFailed = hasFailed,
                    Took = time.GetElapsedTime(started),
                };
                if (plan.IsObserved)
                {
                    observer?.Observe(observed);
                }

                isKept = isLogged && isAnswered && TryLog(observed, held);
            }

            if (!isKept)
            {
                seen.Dispose();
            }
        }
    }

    private bool TryLog(in ObservedCall call, HeldCalls? held)
    {
        if (log!.TryCopy(call) is not { } copy)
        {
            return false;
        }

        if (held is null)
        {
            log.Add(copy);
        }
        else
        {
            held.Add(copy);
        }

        return true;
    }
}
