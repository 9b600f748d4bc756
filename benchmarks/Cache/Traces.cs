using Trainyard.Learning.Randomness;

namespace Trainyard.Benchmarks.Cache;

/// <summary>Requests to a thousand models in the patterns that caches are known to be good or bad at. Deterministic.</summary>
internal static class Traces
{
    /// <summary>Models asked for.</summary>
    public const int Models = 1_000;

    private const int Requests = 60_000;
    private const ulong Seed = 20_251_121;

    /// <summary>Every trace by its name: models by number.</summary>
    public static IEnumerable<(string Name, int[] Requests)> All()
    {
        yield return ("Zipf, exponent 0.7", Zipf(0.7));
        yield return ("Zipf, exponent 0.9", Zipf(0.9));
        yield return ("Zipf, exponent 1.1", Zipf(1.1));
        yield return ("Zipf 0.9, all models in turn every 7000", Scanned());
        yield return ("loop over 150 models", [.. Enumerable.Range(0, Requests).Select(index => index % 150)]);
        yield return ("loop over all models", [.. Enumerable.Range(0, Requests).Select(index => index % Models)]);
        yield return ("Zipf 0.9, other favourites every 5000", Shifting(5_000));
        yield return ("Zipf 0.9, other favourites every 1000", Shifting(1_000));
        yield return ("Zipf 0.9, favourites drift by one in 50", [.. Zipf(0.9).Select((model, index) => (model + (index / 50)) % Models)]);
        yield return ("bursts of 50 requests, 30 models at once", Bursts());
        yield return ("recency: depth in a stack, log-normal", Stack());
        yield return ("Zipf 0.9 with a loop over 300 in a third", Mixed());
    }

    private static int[] Zipf(double exponent)
    {
        double[] cumulative = new double[Models];
        double sum = 0;
        for (int rank = 0; rank < Models; rank++)
        {
            cumulative[rank] = sum += 1 / Math.Pow(rank + 1, exponent);
        }

        DeterministicRandom random = new(Seed);
        int[] requests = new int[Requests];
        for (int index = 0; index < requests.Length; index++)
        {
            int found = Array.BinarySearch(cumulative, random.NextDouble() * sum);
            requests[index] = Math.Min(found < 0 ? ~found : found, Models - 1);
        }

        return requests;
    }

    private static int[] Scanned() =>
        [.. Zipf(0.9).Chunk(6_000).SelectMany(part => part[..3_000].Concat(Enumerable.Range(0, Models)).Concat(part[3_000..]))];

    private static int[] Shifting(int every) => [.. Zipf(0.9).Select((model, index) => (model + (index / every * 137)) % Models)];

    private static int[] Bursts()
    {
        DeterministicRandom random = new(Seed);
        int[] active = [.. Enumerable.Range(0, 30).Select(_ => random.NextInt(Models))];
        int[] requests = new int[Requests];
        for (int index = 0; index < requests.Length; index++)
        {
            int place = random.NextInt(active.Length);
            active[place] = random.NextInt(50) == 0 ? random.NextInt(Models) : active[place];
            requests[index] = active[place];
        }

        return requests;
    }

    private static int[] Stack()
    {
        DeterministicRandom random = new(Seed);
        List<int> stack = [.. Enumerable.Range(0, Models)];
        int[] requests = new int[Requests];
        for (int index = 0; index < requests.Length; index++)
        {
            int depth = (int)Math.Min(Math.Exp(3.6 + (1.3 * random.NextGaussian())), Models - 1);
            requests[index] = stack[depth];
            stack.RemoveAt(depth);
            stack.Insert(0, requests[index]);
        }

        return requests;
    }

    private static int[] Mixed()
    {
        DeterministicRandom random = new(Seed);
        int looped = 0;
        return [.. Zipf(0.9).Select(model => random.NextInt(3) == 0 ? 500 + (looped++ % 300) : model)];
    }
}
