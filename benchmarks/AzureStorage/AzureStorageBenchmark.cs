using System.Globalization;
using Spectre.Console;
using Trainyard.Benchmarks.Predict;
using Trainyard.LocalHost.Hosting;
using Trainyard.Testing.Azurite;

namespace Trainyard.Benchmarks.AzureStorage;

/// <summary>
/// The platform with documents and blobs in Azurite beside the platform with them in SQLite and files: predictions per second, how
/// many transactions a run and a thousand predictions cost, and how long a start takes where there are a thousand models.
/// Arguments: <c>predict</c>, <c>transactions</c>, <c>start</c>; all unless some are given.
/// </summary>
internal static class AzureStorageBenchmark
{
    public const string Learner = "gradient_boosting";
    public static readonly string Csv = Path.Combine("samples", "breast-cancer.csv");

    private static readonly (string Name, Func<AzuriteProcess, Table, Task<bool>> Measure)[] Parts =
    [
        ("predict", PredictRun.RunAsync),
        ("transactions", TransactionRun.RunAsync),
        ("start", StartRun.RunAsync),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        switch (arguments)
        {
            case ["serve"]:
                return await ServedModelHost.RunAsync(Csv, PredictBenchmark.Target, Learner);
            case ["serve", string connection]:
                return await ServedModelHost.RunAsync(Csv, PredictBenchmark.Target, Learner, options => On(options, connection));
        }

        if (AzuriteProcess.Missing is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
            return 1;
        }

        using AzuriteProcess azurite = await AzuriteProcess.StartAsync();
        Table table = new Table().AddColumns("what", "SQLite, files", "Azurite", "target");
        bool holds = true;
        foreach ((string name, Func<AzuriteProcess, Table, Task<bool>> measure) in Parts)
        {
            if (arguments.Length == 0 || arguments.Contains(name))
            {
                holds &= await measure(azurite, table);
            }
        }

        AnsiConsole.Write(table);
        return holds ? 0 : 1;
    }

    /// <summary>A host's options with documents and blobs in a storage account.</summary>
    public static LocalHostOptions On(LocalHostOptions options, string connection) =>
        options with { Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["AzureWebJobsStorage"] = connection } };

    public static string Text(double value, string unit, string format = "N0") => value.ToString(format, CultureInfo.InvariantCulture) + unit;
}
