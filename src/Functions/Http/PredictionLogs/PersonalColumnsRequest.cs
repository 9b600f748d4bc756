using System.ComponentModel.DataAnnotations;

namespace Trainyard.Functions.Http.PredictionLogs;

/// <summary>Which columns hold personal data.</summary>
/// <param name="PersonalColumns">All of them; empty for none.</param>
/// <param name="Reason">Why; kept in the history.</param>
internal sealed record PersonalColumnsRequest(
    [property: Length(0, Domain.Registry.Metadata.PersonalColumns.MaxColumns)] IReadOnlyList<string> PersonalColumns, string? Reason = null);
