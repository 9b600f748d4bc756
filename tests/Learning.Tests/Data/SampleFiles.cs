using System.Runtime.CompilerServices;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Tests.Data;

/// <summary>The datasets that come with the sources.</summary>
internal static class SampleFiles
{
    public static Table Read(string file)
    {
        using FileStream stream = File.OpenRead(Path.Combine(Root(), "samples", file));
        return CsvSource.Read(stream);
    }

    private static string Root([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(thisFile, "..", "..", "..", ".."));
}
