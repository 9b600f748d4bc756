using System.Globalization;
using Trainyard.Benchmarks.Processes;

namespace Trainyard.Benchmarks.Performance;

/// <summary>
/// Measures everything that has a target and prints the table: <c>performance [row …] [--turns N]</c>. A whole run, all rows with
/// no fewer turns than usual, also puts the table into the documentation.
/// </summary>
internal static class PerformanceBenchmark
{
    private const int DefaultTurns = 5;
    private const string TurnsOption = "--turns";

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["latency"])
        {
            return RowLatency.Run();
        }

        if (arguments is ["load", string file])
        {
            return RowLatency.LoadFirst(file);
        }

        (string[] names, int turns) = Read(arguments);
        if (names.Except(PerformanceRows.All.Select(row => row.Name), StringComparer.Ordinal).Any() || turns < 1)
        {
            await Console.Error.WriteLineAsync($"performance [{string.Join('|', PerformanceRows.All.Select(row => row.Name))} …] [{TurnsOption} N]");
            return 1;
        }

        return await MeasureAsync([.. PerformanceRows.All.Where(row => names.Length == 0 || names.Contains(row.Name, StringComparer.Ordinal))], turns);
    }

    private static (string[] Names, int Turns) Read(string[] arguments)
    {
        int option = Array.IndexOf(arguments, TurnsOption);
        if (option < 0)
        {
            return (arguments, DefaultTurns);
        }

        int turns = option + 1 < arguments.Length && int.TryParse(arguments[option + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : 0;
        return ([.. arguments[..option], .. arguments.Skip(option + 2)], turns);
    }

    private static async Task<int> MeasureAsync(IReadOnlyList<PerformanceRow> rows, int turns)
    {
        // First, for it also says what is not installed before twenty minutes have gone by.
        Dictionary<string, string> versions = await PeerProcess.RunScriptAsync<Dictionary<string, string>>("versions.py");
        List<Figure> figures = [];
        foreach (PerformanceRow row in rows)
        {
            await Console.Error.WriteLineAsync($"{row.Name} …");
            IReadOnlyList<Figure> measured = await row.MeasureAsync(turns);
            foreach (Figure figure in measured)
            {
                await Console.Error.WriteLineAsync(figure.ToMarkdown());
            }

            figures.AddRange(measured);
        }

        string table = PerformancePage.Render(figures, Machine.Describe(versions), turns);
        Console.WriteLine(table);
        if (rows.Count == PerformanceRows.All.Count && turns >= DefaultTurns)
        {
            PerformancePage.Write(table);
            await Console.Error.WriteLineAsync($"{PerformancePage.Path} holds this table now.");
        }

        return 0;
    }
}
