using System.Text.Json.Serialization.Metadata;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Traffic.Plans;

/// <summary>What sets one kind of plan apart in storage.</summary>
/// <param name="Collection">Where plans are kept.</param>
/// <param name="MarkCollection">Where those that are not over are marked.</param>
/// <param name="Type">How they are written.</param>
/// <param name="Running">What a model answers that has one already: from the model's name and the id of that plan.</param>
/// <typeparam name="T">The plan.</typeparam>
internal sealed record TrafficPlanKind<T>(string Collection, string MarkCollection, JsonTypeInfo<T> Type, Func<string, string, ProblemException> Running)
    where T : class, ITrafficPlan;
