using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Learning;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>Data that something can be learnt from.</summary>
/// <param name="Source">Which data it is.</param>
/// <param name="Table">All its rows, those without a target included.</param>
/// <param name="Target">What is predicted.</param>
public sealed record InspectedDataset(RunDataset Source, Table Table, TargetEncoding Target)
{
    /// <summary>What the target asks for.</summary>
    public LearningTask Task => Target.Task;
}
