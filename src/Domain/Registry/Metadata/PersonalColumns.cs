using Trainyard.Domain.Documents;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Storage;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Registry.Metadata;

/// <summary>Which columns of a model hold personal data. Thread safe.</summary>
/// <remarks>
/// The marks are the model's and not a version's, so that they hold for every version at once, for files from elsewhere too, and no new
/// version comes without them: training and uploads only add. They lie in the head, which hosts read with what is deployed.
/// </remarks>
/// <param name="documents">Where models are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="signal">Told that what hosts know of the model changed.</param>
public sealed class PersonalColumns(IDocumentStore documents, TimeProvider time, DeploymentSignal signal)
{
    /// <summary>Columns that may be marked at once; they lie in the model's head, which every change writes.</summary>
    public const int MaxColumns = 500;

    /// <summary>Characters of a name at most.</summary>
    public const int MaxNameLength = 256;

    /// <summary>The subject of such an edit in a model's history.</summary>
    public const string Subject = "personal columns";

    /// <summary>Marks columns, and unmarks all others.</summary>
    /// <returns>The model as it is then.</returns>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_not_found</c>, <c>model_deleted</c>, <c>personal_columns_invalid</c>; <c>personal_column_unknown</c>: neither the
    /// newest version nor the deployed one has it, and it was not marked before; <c>write_contention</c>.
    /// </exception>
    public async Task<RegisteredModel> SetAsync(TenantId tenant, string idOrName, IReadOnlyList<string> columns, ChangeNote note, CancellationToken cancellationToken)
    {
        Require(columns);
        ModelRecords records = await ModelRecords.OpenAsync(documents, tenant, idOrName, cancellationToken);
        RegisteredModel model = await Contention.RetryAsync(
            async token =>
            {
                ModelChange change = new(await records.HeadAsync(token), note, time);
                await RequireKnownAsync(records, change.Model, columns, token);
                change.Model = change.Model with { PersonalColumns = Union([], columns) };
                change.Record(ModelEventKind.MetadataChanged, sequence: null, from: null, to: null, Subject);
                return await records.CommitAsync(change, token);
            },
            cancellationToken);
        signal.Raise();
        return model;
    }

    /// <summary>Refuses names that cannot be marked, whatever the model.</summary>
    /// <exception cref="ProblemException"><c>personal_columns_invalid</c>.</exception>
    internal static void Require(IReadOnlyList<string> columns)
    {
        if (columns.Count > MaxColumns || columns.Any(column => string.IsNullOrWhiteSpace(column) || column.Length > MaxNameLength || column.Any(char.IsControl)))
        {
            throw new ProblemException(new Problem(
                ProblemKind.Malformed,
                "personal_columns_invalid",
                $"Personal columns are at most {MaxColumns} names of 1 to {MaxNameLength} characters, none of them a control character.",
                "personal_columns"));
        }
    }

    /// <summary>The refusal of a name that is no column: a slip of the pen would leave the column that was meant as it is.</summary>
    internal static ProblemException Unknown(string column, IReadOnlyCollection<string> known) => new(new Problem(
        ProblemKind.Unprocessable, "personal_column_unknown", $"There is no column '{column}'.{Suggestion.Sentence(column, known)}", "personal_columns"));

    /// <summary>Both, each name once, in order.</summary>
    internal static IReadOnlyList<string> Union(IReadOnlyList<string> present, IReadOnlyList<string> added) =>
        [.. present.Concat(added).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static async Task RequireKnownAsync(ModelRecords records, RegisteredModel model, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        HashSet<string> known = [.. model.PersonalColumns];
        bool hasSchema = false;
        foreach (int sequence in new[] { model.DeployedSequence, model.LatestSequence }.OfType<int>().Where(sequence => sequence > 0).Distinct())
        {
            if (await records.FindVersionAsync(sequence, cancellationToken) is { Value: { Inputs.Count: > 0 } version })
            {
                hasSchema = true;
                known.UnionWith(version.Inputs.Select(input => input.Name));
                known.Add(version.Lineage.TargetColumn);
            }
        }

        // Before the first version nobody knows its columns; then the marks wait for them.
        if (hasSchema && columns.FirstOrDefault(column => !known.Contains(column)) is { } unknown)
        {
            throw Unknown(unknown, known);
        }
    }
}
