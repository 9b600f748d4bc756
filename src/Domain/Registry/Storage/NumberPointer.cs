namespace Trainyard.Domain.Registry.Storage;

/// <summary>Leads from the run or operation that caused a record to the number of that record.</summary>
/// <param name="Number">Sequence of a version, or number of a deployment; 0 when there is none and never will be.</param>
internal sealed record NumberPointer(int Number)
{
    /// <summary>Stands where a record would have come to stand: whoever comes to write it finds that it was withdrawn.</summary>
    public static NumberPointer Nothing { get; } = new(0);
}
