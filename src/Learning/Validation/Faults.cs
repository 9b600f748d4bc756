namespace Trainyard.Learning.Validation;

/// <summary>What is wrong with one value.</summary>
[Flags]
internal enum Faults : byte
{
    None = 0,
    Missing = 1,
    Type = 2,
    Range = 4,
    Set = 8,
    Pattern = 16,
    PatternTimeout = 32,
}
