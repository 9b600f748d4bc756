namespace Trainyard.Functions.Tests;

/// <summary>Tests that see what all hosts of the process do, such as its memory and its meters: they run one after the other, behind all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    internal const string Name = "alone";
}
