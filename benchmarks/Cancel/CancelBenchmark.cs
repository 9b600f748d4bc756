using System.Diagnostics;
using Spectre.Console;
using Trainyard.Learning;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Randomness;

namespace Trainyard.Benchmarks.Cancel;

/// <summary>
/// Cancels long work at random moments, always the same ones, and prints the milliseconds from the cancellation to the
/// exception and the megabytes that stay. Arguments: tries per work, then parts of names to run only some.
/// </summary>
internal static class CancelBenchmark
{
    private const int DefaultTries = 5;
    private const ulong Seed = 5;

    /// <summary>Moments lie between these, evenly on a logarithmic scale: what is begun and what is under way alike.</summary>
    private const double FirstMilliseconds = 10;
    private const double LastMilliseconds = 3000;

    /// <summary>What the product promises.</summary>
    private const double PromisedMilliseconds = 200;

    private static readonly (string Name, int Rows, int Features, int Classes)[] Sizes =
    [
        ("1M x 28", 1_000_000, 28, 2),
        ("100k x 1000", 100_000, 1000, 2),
        ("20k x 28, 10,000 classes", 20_000, 28, 10_000),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        int tries = arguments.Length > 0 && int.TryParse(arguments[0], out int given) ? given : DefaultTries;
        string[] wanted = [.. arguments.Where(argument => !int.TryParse(argument, out _))];
        Table table = new Table().Title($"{tries} cancellations each, {Environment.ProcessorCount} processors").AddColumns("work", "stopped", "p50 ms", "max ms", "MB kept");
        bool holds = true;
        foreach ((string size, int rows, int features, int classes) in Sizes)
        {
            double[][] columns = CancelData.Columns(rows, features);
            foreach (ILearner learner in LearnerCatalog.All)
            {
                foreach (LearningTask task in learner.Tasks.Where(task => classes == 2 || task == LearningTask.Classification))
                {
                    CancelWork work = CancelWork.Of($"{learner.Name}, {task}, {size}", token => learner.Fit(CancelData.Set(columns, task, classes), LearnerSettings.Defaults, new FitOptions(1), token));
                    holds &= !IsWanted(work, wanted) || await MeasureAsync(work, tries, table);
                }
            }
        }

        foreach (Func<IEnumerable<CancelWork>> group in OtherWorks.Groups)
        {
            foreach (CancelWork work in group().Where(work => IsWanted(work, wanted)))
            {
                holds &= await MeasureAsync(work, tries, table);
            }
        }

        AnsiConsole.Write(table);
        return holds ? 0 : 1;
    }

    private static bool IsWanted(CancelWork work, string[] wanted) => wanted.Length == 0 || wanted.Any(part => work.Name.Contains(part, StringComparison.Ordinal));

    /// <summary>True when every cancellation was soon enough.</summary>
    private static async Task<bool> MeasureAsync(CancelWork work, int tries, Table table)
    {
        DeterministicRandom random = new(Seed);
        List<double> taken = [];
        string note = "";

        // What other works left must not be collected on this one's time.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int attempt = 0; attempt < tries; attempt++)
        {
            double delay = FirstMilliseconds * Math.Pow(LastMilliseconds / FirstMilliseconds, (attempt + random.NextDouble()) / tries);
            try
            {
                if (await CancelAfterAsync(work, TimeSpan.FromMilliseconds(delay)) is { } milliseconds)
                {
                    taken.Add(milliseconds);
                }
            }
            catch (LearningException refused)
            {
                note = refused.Code;
                break;
            }
        }

        double kept = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)(1 << 20);
        taken.Sort();
        (double median, double most) = taken.Count == 0 ? (0, 0) : (taken[taken.Count / 2], taken[^1]);
        bool holds = most <= PromisedMilliseconds;
        table.AddRow(work.Name, note.Length > 0 ? note : $"{taken.Count} of {tries}", $"{median:F1}", holds ? $"{most:F1}" : $"[red]{most:F1}[/]", $"{kept:F1}");
        Console.Error.WriteLine($"{work.Name}: {note} {taken.Count} stopped, p50 {median:F1}, max {most:F1} ms, {kept:F1} MB");
        return holds;
    }

    /// <summary>Milliseconds from the cancellation to the end; null when the work was done before.</summary>
    private static async Task<double?> CancelAfterAsync(CancelWork work, TimeSpan delay)
    {
        using CancellationTokenSource source = new();
        Task run = Task.Run(() => work.Run(source.Token));
        if (await Task.WhenAny(run, Task.Delay(delay)) == run)
        {
            await run;
            return null;
        }

        long start = Stopwatch.GetTimestamp();
        await source.CancelAsync();
        try
        {
            await run;
            return null;
        }
        catch (OperationCanceledException)
        {
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }
}
