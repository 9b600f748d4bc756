namespace Trainyard.Functions.Tests.Pipelines;

/// <summary>The datasets of <c>samples/</c>.</summary>
internal static class Samples
{
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "samples", $"{name}.csv"));
}
