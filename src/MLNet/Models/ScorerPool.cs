using System.Collections.Concurrent;
using Microsoft.ML;
using Trainyard.MLNet.Rows;

namespace Trainyard.MLNet.Models;

/// <summary>Scorers of one model, one for each thread that asks at the same time. Thread safe.</summary>
internal sealed class ScorerPool
{
    /// <summary>Idle scorers kept at most: what a machine can use at once.</summary>
    private static readonly int MaximumIdle = Environment.ProcessorCount;

    private readonly MLContext context = new(seed: 0);
    private readonly Lock making = new();
    private readonly ConcurrentBag<Scorer> idle = [];
    private readonly ITransformer model;
    private readonly int featureCount;

    public ScorerPool(byte[] zip, int featureCount)
    {
        this.featureCount = featureCount;
        model = ModelZip.Load(context, zip);
    }

    public Scorer Rent() => idle.TryTake(out Scorer? scorer) ? scorer : Make();

    /// <summary>Takes a scorer back. One whose call failed is not brought back.</summary>
    public void Return(Scorer scorer)
    {
        if (idle.Count < MaximumIdle)
        {
            idle.Add(scorer);
        }
    }

    private Scorer Make()
    {
        // The engine maps columns of features alone, so the number of classes does not matter.
        lock (making)
        {
            return new Scorer(context.Model.CreatePredictionEngine<Example, Answer>(model, inputSchemaDefinition: ExampleSchema.Of(featureCount, classCount: 0)), featureCount);
        }
    }
}
