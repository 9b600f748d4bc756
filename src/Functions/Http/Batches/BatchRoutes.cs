namespace Trainyard.Functions.Http.Batches;

/// <summary>The addresses of prediction jobs.</summary>
internal static class BatchRoutes
{
    public const string Jobs = "api/v1/predictions";

    public const string Start = Jobs + "/batch";

    public const string Job = Jobs + "/{jobId}";

    public const string Results = Job + "/results";

    public static string Of(string jobId) => $"/{Jobs}/{jobId}";
}
