using Trainyard.Benchmarks.Access;
using Trainyard.Benchmarks.Accuracy;
using Trainyard.Benchmarks.AzureStorage;
using Trainyard.Benchmarks.Batches;
using Trainyard.Benchmarks.Boosting;
using Trainyard.Benchmarks.Cache;
using Trainyard.Benchmarks.Cancel;
using Trainyard.Benchmarks.Csv;
using Trainyard.Benchmarks.Durable;
using Trainyard.Benchmarks.Explain;
using Trainyard.Benchmarks.Fuzz;
using Trainyard.Benchmarks.Http;
using Trainyard.Benchmarks.Learning;
using Trainyard.Benchmarks.Performance;
using Trainyard.Benchmarks.Predict;
using Trainyard.Benchmarks.Soak;
using Trainyard.Benchmarks.Storage;

Dictionary<string, Func<string[], Task<int>>> benchmarks = new(StringComparer.Ordinal)
{
    ["access"] = AccessBenchmark.RunAsync,
    ["accuracy"] = AccuracyBenchmark.RunAsync,
    ["azure"] = AzureStorageBenchmark.RunAsync,
    ["batch"] = BatchBenchmark.RunAsync,
    ["boosting"] = BoostingBenchmark.RunAsync,
    ["cache"] = CacheBenchmark.RunAsync,
    ["cancel"] = CancelBenchmark.RunAsync,
    ["csv"] = CsvBenchmark.RunAsync,
    ["durable"] = DurableBenchmark.RunAsync,
    ["explain"] = ExplainBenchmark.RunAsync,
    ["fuzz"] = FuzzBenchmark.RunAsync,
    ["http"] = HttpBenchmark.RunAsync,
    ["learners"] = LearnersBenchmark.RunAsync,
    ["learning"] = LearningBenchmark.RunAsync,
    ["performance"] = PerformanceBenchmark.RunAsync,
    ["predict"] = PredictBenchmark.RunAsync,
    ["soak"] = SoakBenchmark.RunAsync,
    ["storage"] = StorageBenchmark.RunAsync,
};

if (args.Length > 0 && benchmarks.TryGetValue(args[0], out Func<string[], Task<int>>? benchmark))
{
    return await benchmark(args[1..]);
}

await Console.Error.WriteLineAsync($"dotnet run -c Release --project benchmarks -- <{string.Join('|', benchmarks.Keys)}>");
return 1;
