using System.Text;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning.Data;

namespace Trainyard.Domain.Tests.Pipelines;

/// <summary>Finds the same small table under every address.</summary>
internal sealed class FakeInspector : IDatasetInspector
{
    /// <summary>Twelve rows of two classes, or of numbers.</summary>
    public bool Regression { get; set; }

    public Task<InspectedDataset> InspectAsync(TenantId tenant, string datasetUri, TargetChoice target, CancellationToken cancellationToken) => Task.FromResult(Make(target));

    public Task<InspectedDataset> OpenAsync(TenantId tenant, RunDataset dataset, TargetChoice target, CancellationToken cancellationToken) => Task.FromResult(Make(target));

    private InspectedDataset Make(TargetChoice target)
    {
        StringBuilder csv = new("x,y\n");
        for (int row = 0; row < 60; row++)
        {
            csv.Append(row).Append(',').Append(Regression ? (row * 1.37).ToString("0.00") : row % 2 == 0 ? "even" : "odd").Append('\n');
        }

        using MemoryStream stream = new(Encoding.UTF8.GetBytes(csv.ToString()));
        Table table = CsvSource.Read(stream);
        return new InspectedDataset(new RunDataset("sales", 1, "hash"), table, target.In(table));
    }
}
