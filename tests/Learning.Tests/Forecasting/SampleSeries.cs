using Trainyard.Learning.Data;
using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Forecasting;

/// <summary>The sample files that are series.</summary>
internal static class SampleSeries
{
    public static TimeSeries Load(string name)
    {
        Table table = SampleTables.Load(name);
        return TimeSeries.From(table, table.Columns[0].Name, table.Columns[1].Name);
    }

    public static double[] Values(string name) => Load(name).Values.ToArray();
}
