namespace Microsoft.DurableTask.Client;

/// <summary>How far a purge reaches.</summary>
public record PurgeInstanceOptions(bool Recursive = false);
