namespace Trainyard.Domain.Traffic.Plans;

/// <summary>Leads to a plan: the last of a model, or one by its id.</summary>
/// <param name="Id">The plan.</param>
/// <param name="Row">Its row.</param>
internal sealed record TrafficPlanPointer(string Id, string Row);
