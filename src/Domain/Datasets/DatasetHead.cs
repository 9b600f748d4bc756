namespace Trainyard.Domain.Datasets;

/// <summary>What is kept of a dataset beside its versions.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FirstVersion">The first version that counts: after a deletion, the first that comes next.</param>
/// <param name="LastVersion">The number given last; survives a deletion, so that no number is given twice.</param>
internal sealed record DatasetHead(string Name, int FirstVersion, int LastVersion)
{
    public bool IsEmpty => LastVersion < FirstVersion;
}
