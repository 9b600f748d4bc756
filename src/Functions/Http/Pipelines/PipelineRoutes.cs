namespace Trainyard.Functions.Http.Pipelines;

/// <summary>The addresses of pipelines and their runs.</summary>
internal static class PipelineRoutes
{
    public const string Pipelines = "api/v1/advanced-ai/mlops/pipelines";

    public const string Pipeline = Pipelines + "/{pipelineId}";

    public const string Runs = Pipeline + "/runs";

    public const string Run = Runs + "/{runId}";

    public static string Of(string pipelineId) => $"/{Pipelines}/{pipelineId}";

    public static string Of(string pipelineId, string runId) => $"{Of(pipelineId)}/runs/{runId}";
}
