using Trainyard.Domain.Problems;
using Trainyard.Learning;

namespace Trainyard.Domain.Batches.Steps;

/// <summary>Tells failures that the job's data or model is to blame for, which trying again does not mend, from all others.</summary>
internal static class FinalFailure
{
    /// <summary>What such a failure says; null of any other.</summary>
    public static BatchFailure? Of(Exception failure) => failure switch
    {
        TransientProblemException => null,
        ProblemException { Problem: { } problem } => BatchFailure.Of(problem.Code, problem.Detail, problem.Field),
        LearningException unusable => BatchFailure.Of(unusable.Code, unusable.Message, unusable.Field),
        _ => null,
    };
}
