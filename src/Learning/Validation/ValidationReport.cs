using System.Text.Json.Nodes;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Validation;

/// <summary>What came of checking a table. Its size follows the number of expectations, not of rows.</summary>
/// <param name="Rows">Rows checked.</param>
/// <param name="Violations">What is not met, in the order of the expectations; empty when all are.</param>
public sealed record ValidationReport(int Rows, IReadOnlyList<Violation> Violations)
{
    /// <summary>Whether all expectations are met.</summary>
    public bool Passed => Violations.Count == 0;

    /// <summary>The report as <c>{"rows","violations":[{"kind","column","count","message","examples":[{"row","line","value"}]}],"passed"}</c>.</summary>
    public JsonObject ToJson() => DataJson.Write(this, ValidationJson.Default.ValidationReport);
}
