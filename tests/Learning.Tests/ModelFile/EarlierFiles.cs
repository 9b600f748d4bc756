namespace Trainyard.Learning.Tests.ModelFile;

/// <summary>Model files that earlier versions of the library wrote, with the rows and predictions of their time.</summary>
internal static class EarlierFiles
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "ModelFile", "Earlier", name);

    public static byte[] Read(string name) => File.ReadAllBytes(PathOf(name));
}
