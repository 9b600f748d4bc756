using System.Text;
using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Tests.Scoring;

/// <summary>Keeps scored rows.</summary>
internal sealed class CollectedRows : IScoredRows
{
    public List<ScoredRow> Rows { get; } = [];

    public void Take(ReadOnlySpan<byte> id, ReadOnlySpan<double> outputs, RowFault? fault) =>
        Rows.Add(new ScoredRow(Encoding.UTF8.GetString(id), outputs.ToArray(), fault));
}
