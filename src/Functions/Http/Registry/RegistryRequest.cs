using Microsoft.AspNetCore.Http;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Stages;
using Trainyard.Functions.Access;

namespace Trainyard.Functions.Http.Registry;

/// <summary>What requests about models have in common.</summary>
internal static class RegistryRequest
{
    private static readonly string[] Statuses = [.. Enum.GetNames<ModelStatus>().Select(name => name.ToLowerInvariant())];

    /// <summary>Who asks for a change, and why.</summary>
    /// <exception cref="ProblemException"><c>reason_too_long</c>.</exception>
    public static ChangeNote Note(HttpRequest request, string? reason) => new(RequestCaller.Of(request).Id, reason);

    /// <summary>Names a change to the ledger of repeats, with the names and ids in its path.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>.</exception>
    public static string Operation(string change, params ReadOnlySpan<string> ids)
    {
        string operation = change;
        foreach (string id in ids)
        {
            operation += "/" + ResourceName.Require(id, "path");
        }

        return operation;
    }

    /// <summary>The filter that <c>type</c>, <c>stage</c>, <c>name</c> (a prefix) and <c>status</c> ask for.</summary>
    /// <exception cref="ProblemException"><c>stage_invalid</c>, <c>parameter_invalid</c>, <c>parameter_repeated</c>.</exception>
    public static ModelFilter Filter(HttpRequest request) => new()
    {
        NamePrefix = QueryParameters.Text(request, "name"),
        Task = QueryParameters.Text(request, "type"),
        Stage = QueryParameters.Text(request, "stage") is { } stage ? StageName.Require(stage, "stage") : null,
        Status = Status(request),
    };

    private static ModelStatus? Status(HttpRequest request)
    {
        if (QueryParameters.Text(request, "status") is not { } text)
        {
            return null;
        }

        int index = Array.IndexOf(Statuses, text);
        return index >= 0
            ? Enum.GetValues<ModelStatus>()[index]
            : throw new ProblemException(new Problem(ProblemKind.Malformed, "parameter_invalid", $"Parameter 'status' must be one of {string.Join(", ", Statuses)}.", "status"));
    }
}
