using System.Globalization;
using Spectre.Console;
using Trainyard.Benchmarks.Boosting;
using Trainyard.Benchmarks.Processes;

namespace Trainyard.Benchmarks.Learning;

/// <summary>Fits learners beside scikit-learn's, each in processes of their own, turn by turn; prints medians and ratios.</summary>
internal static class LearnersBenchmark
{
    private const int DefaultRows = 100_000;
    private const int DefaultRounds = 5;
    private const int Threads = 2;

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["worker", string learner, string file, string threads])
        {
            return LearnerWorker.Run(learner, file, int.Parse(threads, CultureInfo.InvariantCulture));
        }

        int rows = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : DefaultRows;
        int rounds = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : DefaultRounds;
        IEnumerable<string> names = arguments.Length > 2 ? arguments[2..] : LearnerWorker.Learners;
        string path = Path.Combine(Path.GetTempPath(), $"trainyard-learners-{Environment.ProcessId}.bin");
        try
        {
            BoostingRows.Write(path, rows);
            Table table = new Table().Title($"{rows:N0} x {BoostingRows.Features}, {Threads} threads, median of {rounds}").AddColumns("learner", "first fit, s", "scikit-learn's", "once compiled, s", "scikit-learn's", "ratio", "ours is worth", "scikit-learn's");
            foreach (string name in names)
            {
                await CompareAsync(name, path, rounds, table);
            }

            AnsiConsole.Write(table);
            return 0;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Both sides' learner of one name on one file of rows.</summary>
    public static Task<Turns<LearnerRun>> MeasureAsync(string learner, string path, int turns) =>
        Turns<LearnerRun>.RunAsync(turns, ["learners", "worker", learner, path, $"{Threads}"], "sklearn_learners.py", [learner, path, $"{BoostingRows.Features}", $"{Threads}"]);

    private static async Task CompareAsync(string name, string path, int rounds, Table table)
    {
        Turns<LearnerRun> turns = await MeasureAsync(name, path, rounds);
        (double first, double firstPeer) = turns.Medians(run => run.FirstFitSeconds);
        (double our, double peer) = turns.Medians(run => run.FitSeconds);
        table.AddRow(name, $"{first:F3}", $"{firstPeer:F3}", $"{our:F3}", $"{peer:F3}", $"{our / peer:F2}", $"{turns.Ours[0].Worth:G9}", $"{turns.Peers[0].Worth:G9}");
    }
}
