namespace Trainyard.Learning.Models.Streaming;

/// <summary>Gives back memory where much of it has just died.</summary>
internal static class Memory
{
    /// <summary>Collects what is dead.</summary>
    /// <remarks>
    /// Left alone, the collector lets what comes next grow beside it, and to need little memory is what training from a file
    /// is for. It happens a handful of times per fit and costs milliseconds, since little is alive then.
    /// </remarks>
    public static void LetGo() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
