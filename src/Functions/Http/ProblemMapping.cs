using Microsoft.AspNetCore.Http;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Learning;
using Trainyard.Learning.Data;

namespace Trainyard.Functions.Http;

/// <summary>Turns expected failures of every layer into refusals.</summary>
public static class ProblemMapping
{
    // The library's codes end so when an input goes over one of its bounds.
    private static readonly string[] SizeCodes = ["_too_large", "_too_long", "_too_many_columns", "_too_many_rows", "_too_many_bytes", "_too_many_cells"];

    // Long enough for a full disk to be noticed or a failing one to come back, short enough for a client to wait.
    private static readonly TimeSpan StorageRetry = TimeSpan.FromSeconds(5);

    /// <summary>The refusal that an exception stands for; null when it is a fault of ours.</summary>
    public static Problem? TryMap(Exception exception) => exception switch
    {
        ProblemException refused => refused.Problem,
        LearningException unusable => FromLearning(unusable),
        BadHttpRequestException refused => BadRequestProblem.Of(refused),
        DocumentStoreException { Code: DocumentStoreCode.DocumentTooLarge } =>
            new(ProblemKind.TooLarge, "document_too_large", "What is to be stored is too large for one record; send less."),
        StorageUnavailableException => new(ProblemKind.Unavailable, "storage_unavailable", "Storage does not answer; send the request again, under the same Idempotency-Key if it has one.")
        {
            RetryAfter = StorageRetry,
        },
        _ => null,
    };

    /// <summary>The family of a code of the learning library.</summary>
    public static ProblemKind KindOf(string learningCode)
    {
        bool size = Array.Exists(SizeCodes, code => learningCode.EndsWith(code, StringComparison.Ordinal));
        return size ? ProblemKind.TooLarge : learningCode == GzipText.InvalidCode ? ProblemKind.Malformed : ProblemKind.Unprocessable;
    }

    private static Problem FromLearning(LearningException exception) =>
        new(KindOf(exception.Code), exception.Code, exception.Message, exception.Field) { Row = exception.Line };
}
