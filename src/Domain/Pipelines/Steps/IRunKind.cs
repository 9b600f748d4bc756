using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Problems;
using Trainyard.Learning;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>What depends on the kind of model that a pipeline trains. Stateless and thread safe.</summary>
internal interface IRunKind
{
    /// <summary>Checks settings against the data they name, before anything is trained.</summary>
    /// <exception cref="ProblemException">The settings do not suit the data.</exception>
    /// <exception cref="LearningException">Nothing can be learnt from the data that way.</exception>
    void Check(PipelineSettings settings, InspectedDataset data);

    /// <summary>What is to be learnt, in a sentence for the run's log.</summary>
    string Describe(PipelineSettings settings, InspectedDataset data);

    /// <summary>Divides a run's data.</summary>
    RunWorkspace Open(PipelineRun run, InspectedDataset data);
}
