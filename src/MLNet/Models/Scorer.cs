using Microsoft.ML;
using Trainyard.MLNet.Rows;

namespace Trainyard.MLNet.Models;

/// <summary>Asks Microsoft.ML row by row. Not thread safe, as its engine is not.</summary>
internal sealed class Scorer(PredictionEngine<Example, Answer> engine, int featureCount)
{
    private readonly Example example = new() { Features = new float[Math.Max(featureCount, ExampleSchema.LeastWidth)] };
    private Answer answer = new();

    /// <summary>The answer for a row, valid until the next.</summary>
    public ReadOnlySpan<float> Score(ReadOnlySpan<double> row)
    {
        ExampleSchema.Fill(row[..featureCount], example.Features);
        engine.Predict(example, ref answer);
        return answer.Outputs;
    }
}
