using Trainyard.Learning.Learners;

namespace Trainyard.MLNet;

/// <summary>The optional engine <c>mlnet</c>: Microsoft.ML's trainers as learners. In a build without its packages it is absent.</summary>
public static partial class MLNetEngine
{
    /// <summary>The engine; null in a build without Microsoft.ML's packages.</summary>
    public static LearnerEngine? Engine { get; } = Compose();

    /// <summary>Adds the engine to <see cref="LearnerCatalog"/> where there is one. A program calls it before anything else.</summary>
    public static void Register()
    {
        if (Engine is { } engine)
        {
            LearnerCatalog.Add(engine);
        }
    }

    private static LearnerEngine? Compose()
    {
        LearnerEngine? engine = null;
        Compose(ref engine);
        return engine;
    }

    // Implemented by a file that is compiled where the packages are; without it the call is none.
    static partial void Compose(ref LearnerEngine? engine);
}
