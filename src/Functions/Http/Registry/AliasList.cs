namespace Trainyard.Functions.Http.Registry;

/// <summary>The aliases of a model.</summary>
/// <param name="Aliases">Versions by alias; <c>production</c> and <c>latest</c> among them when there is one.</param>
internal sealed record AliasList(IReadOnlyDictionary<string, string> Aliases);
