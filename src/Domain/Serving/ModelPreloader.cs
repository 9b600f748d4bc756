namespace Trainyard.Domain.Serving;

/// <summary>Loads the models that are to be in memory before the first request asks. Thread safe.</summary>
/// <param name="cache">Where they go, and stay while nothing else has to.</param>
/// <param name="options">Names them.</param>
public sealed class ModelPreloader(ModelCache cache, ServingOptions options)
{
    private volatile bool isDone = options.Preload.Count == 0;

    /// <summary>Whether each was tried.</summary>
    public bool IsDone => isDone;

    /// <summary>Loads one after the other.</summary>
    /// <param name="failed">Told of a model that could not be loaded; the others go on.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task RunAsync(Action<PreloadedModel, Exception> failed, CancellationToken cancellationToken)
    {
        foreach (PreloadedModel model in options.Preload)
        {
            try
            {
                await cache.GetAsync(model.Tenant, model.Name, version: null, cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // Whatever it is, it is one model's; its requests will be told of it again.
                failed(model, failure);
            }
        }

        isDone = true;
    }
}
