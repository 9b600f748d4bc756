using System.Text.Json.Nodes;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Validation;

/// <summary>What a table is expected to be: what its data were like when they were good. Plain data, to be stored as JSON.</summary>
/// <param name="Columns">One per column that matters.</param>
public sealed record TableExpectations(IReadOnlyList<ColumnExpectation> Columns)
{
    /// <summary>Rows at least; null for any number.</summary>
    public int? MinRows { get; init; }

    /// <summary>Rows at most; null for any number.</summary>
    public int? MaxRows { get; init; }

    /// <summary>Whether columns may be there that <see cref="Columns"/> does not name.</summary>
    public bool AllowsOtherColumns { get; init; } = true;

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="LearningException">It cannot be read, or contradicts itself (<c>expectations_invalid</c>).</exception>
    public static TableExpectations FromJson(JsonNode? json)
    {
        TableExpectations read = DataJson.Read(json, ValidationJson.Default.TableExpectations, "expectations_invalid", "expectations");
        read.Validate();
        return read;
    }

    /// <summary>The expectations as <c>{"columns":[{"name","type","maxMissingShare",…}],"minRows","maxRows","allowsOtherColumns"}</c>.</summary>
    public JsonObject ToJson() => DataJson.Write(this, ValidationJson.Default.TableExpectations);

    /// <exception cref="LearningException">They contradict themselves (<c>expectations_invalid</c>).</exception>
    internal void Validate()
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (ColumnExpectation column in Columns)
        {
            if (column is null || !names.Add(column.Name))
            {
                throw new LearningException("expectations_invalid", $"The column '{column?.Name}' is null or there twice.", column?.Name);
            }

            column.Validate();
            column.CompilePattern(TableValidator.DefaultPatternTimeout);
        }

        if (MinRows < 0 || MinRows > MaxRows)
        {
            throw new LearningException("expectations_invalid", "No number of rows lies between minRows and maxRows.", "minRows");
        }
    }
}
