using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Trainyard.Domain.Problems;
using Trainyard.Functions.Http.Audit;

namespace Trainyard.Functions.Http.Mlflow;

/// <summary>What MLflow's calls have in common.</summary>
internal static class MlflowRequest
{
    /// <summary>Reads the body of a change, which the audit log keeps: the path of these calls does not say what they are about.</summary>
    /// <exception cref="ProblemException">As <see cref="JsonBody.ReadAsync"/>.</exception>
    public static async Task<T> ReadChangeAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        T body = await JsonBody.ReadAsync(request, type, cancellationToken);
        AuditNote.Of(request).After(body, type);
        return body;
    }

    /// <summary>A parameter that must be there.</summary>
    /// <exception cref="ProblemException"><c>mlflow_parameter_invalid</c>, <c>parameter_repeated</c>.</exception>
    public static string Required(HttpRequest request, string name) =>
        QueryParameters.Text(request, name) is { Length: > 0 } value ? value : throw MlflowProblems.Invalid($"Parameter '{name}' is missing.", name);
}
