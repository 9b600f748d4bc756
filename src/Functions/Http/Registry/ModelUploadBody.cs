using System.Globalization;
using Microsoft.AspNetCore.Http;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Stages;
using Trainyard.Domain.Registry.Uploads;
using Trainyard.Learning;

namespace Trainyard.Functions.Http.Registry;

/// <summary>An upload of a model file: its bytes from the body, what is said of it from the query.</summary>
internal static class ModelUploadBody
{
    // More scores than anybody looks at; they lie in the version's record.
    private const int MaxMetrics = 100;
    private const int InitialBuffer = 64 * 1024;

    /// <summary>What the query says: <c>target</c>, <c>columns</c>, <c>classes</c>, <c>metrics</c>, <c>stage</c>, <c>description</c>.</summary>
    /// <exception cref="ProblemException"><c>upload_metrics_invalid</c>, <c>stage_invalid</c>, <c>parameter_repeated</c>.</exception>
    public static ModelUpload Options(HttpRequest request, string model) => new(model)
    {
        Target = QueryParameters.Text(request, "target"),
        Columns = QueryParameters.Text(request, "columns")?.Split(','),
        Classes = QueryParameters.Text(request, "classes")?.Split(','),
        Metrics = Metrics(QueryParameters.Text(request, "metrics")),
        Stage = QueryParameters.Text(request, "stage") is { } stage ? StageName.Require(stage, "stage") : ModelStage.Staging,
        Description = QueryParameters.Text(request, "description"),
    };

    /// <summary>Reads the body whole.</summary>
    /// <exception cref="LearningException"><c>model_file_too_large</c>.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        JsonBody.RequirePlain(request);
        if (request.ContentLength > ModelUploads.MaxBytes)
        {
            throw TooLarge();
        }

        RequestBody.LiftHostLimit(request);
        using MemoryStream content = new(Math.Max((int)(request.ContentLength ?? 0), InitialBuffer));
        byte[] buffer = new byte[InitialBuffer];
        for (int count = await request.Body.ReadAsync(buffer, cancellationToken); count > 0; count = await request.Body.ReadAsync(buffer, cancellationToken))
        {
            if (content.Length + count > ModelUploads.MaxBytes)
            {
                throw TooLarge();
            }

            content.Write(buffer, 0, count);
        }

        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    private static LearningException TooLarge() =>
        new("model_file_too_large", string.Create(CultureInfo.InvariantCulture, $"The model file is larger than {ModelUploads.MaxBytes} bytes."));

    private static Dictionary<string, double> Metrics(string? text)
    {
        Dictionary<string, double> metrics = new(StringComparer.Ordinal);
        foreach (string pair in text?.Split(',') ?? [])
        {
            string[] parts = pair.Split(':');
            bool isOne = parts.Length == 2
                && ResourceName.IsValid(parts[0])
                && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && double.IsFinite(value)
                && metrics.TryAdd(parts[0], value);
            if (!isOne || metrics.Count > MaxMetrics)
            {
                throw new ProblemException(new Problem(
                    ProblemKind.Malformed, "upload_metrics_invalid", $"'metrics' must be up to {MaxMetrics} names and finite numbers, each name once: accuracy:0.91,f1:0.88.", "metrics"));
            }
        }

        return metrics;
    }
}
