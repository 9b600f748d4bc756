namespace Trainyard.Domain.Registry.Stages;

/// <summary>Which stage may follow which.</summary>
internal static class StageMoves
{
    /// <summary>The stages that a version may move to.</summary>
    public static IReadOnlyList<ModelStage> From(ModelStage stage) => stage switch
    {
        ModelStage.Draft => [ModelStage.Staging, ModelStage.Archived],
        ModelStage.Staging => [ModelStage.Draft, ModelStage.Production, ModelStage.Archived],
        ModelStage.Production => [ModelStage.Archived],
        ModelStage.Archived => [ModelStage.Staging],
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "A stage without moves."),
    };

    /// <summary>The shortest way from one stage to another, without the first; empty when they are the same.</summary>
    public static IReadOnlyList<ModelStage> Way(ModelStage from, ModelStage to)
    {
        Queue<ModelStage[]> ways = new([[from]]);
        while (true)
        {
            // Every stage leads to every other, so that the queue never runs out.
            ModelStage[] way = ways.Dequeue();
            if (way[^1] == to)
            {
                return way[1..];
            }

            foreach (ModelStage next in From(way[^1]).Except(way))
            {
                ways.Enqueue([.. way, next]);
            }
        }
    }
}
