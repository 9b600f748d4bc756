namespace Trainyard.Functions.Http.Inference;

/// <summary>Where the calls of the Open Inference Protocol lie.</summary>
internal static class InferencePath
{
    /// <summary>What their paths begin with.</summary>
    public const string Route = "v2";

    /// <summary>Whether a path is one of theirs, so that a refusal has the member that its clients read.</summary>
    public static bool Is(string path) => path == "/" + Route || path.StartsWith("/" + Route + "/", StringComparison.Ordinal);
}
