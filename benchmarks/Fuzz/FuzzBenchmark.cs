using System.Diagnostics;
using Spectre.Console;
using Trainyard.Learning;
using Trainyard.Learning.Randomness;

namespace Trainyard.Benchmarks.Fuzz;

/// <summary>
/// Reads 20,000 damaged and hostile files, always the same ones, and prints how long and how much memory the worst takes.
/// Run it from the top folder, for models of other libraries come from the tests' witness files.
/// </summary>
internal static class FuzzBenchmark
{
    private const int Files = 20_000;
    private const ulong Seed = 20260101;

    /// <summary>Times that a file is read; the quickest counts, for all do the same, and what is longer is the compiler's or the machine's.</summary>
    private const int Readings = 3;

    /// <summary>What the product promises.</summary>
    private const double PromisedMilliseconds = 100;
    private const double PromisedMegabytes = 64;

    public static Task<int> RunAsync(string[] arguments)
    {
        FuzzSubject[] subjects = [.. FuzzSubjects.All()];
        int each = (Files + subjects.Length - 1) / subjects.Length;
        Table table = new Table().Title($"{each * subjects.Length:N0} files").AddColumns("file", "refused", "read", "p50 ms", "max ms", "max MB");
        bool holds = true;
        foreach (FuzzSubject subject in subjects)
        {
            DeterministicRandom random = new(Seed);
            byte[][] files = [.. Enumerable.Range(0, each).Select(_ => subject.Mutate(random))];

            (double Milliseconds, double Megabytes, bool IsRead)[] found = [.. files.Select(file => Enumerable.Range(0, Readings).Select(_ => Measure(subject, file)).MinBy(one => one.Milliseconds))];
            double[] times = [.. found.Select(one => one.Milliseconds).Order()];
            double most = found.Max(one => one.Megabytes);
            holds &= times[^1] <= PromisedMilliseconds && most <= PromisedMegabytes;
            table.AddRow(subject.Name, $"{found.Count(one => !one.IsRead)}", $"{found.Count(one => one.IsRead)}", $"{times[times.Length / 2]:F3}", $"{times[^1]:F1}", $"{most:F2}");
        }

        AnsiConsole.Write(table);
        return Task.FromResult(holds ? 0 : 1);
    }

    private static (double Milliseconds, double Megabytes, bool IsRead) Measure(FuzzSubject subject, byte[] file)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        bool isRead = IsRead(subject, file);
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)(1 << 20), isRead);
    }

    /// <summary>False when a typed error says what is wrong; any other error ends the run.</summary>
    private static bool IsRead(FuzzSubject subject, byte[] file)
    {
        try
        {
            subject.Read(file);
            return true;
        }
        catch (LearningException)
        {
            return false;
        }
    }
}
