using System.Runtime.CompilerServices;

namespace Trainyard.Architecture.Tests;

/// <summary>The checkout that these tests were compiled from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        DirectoryInfo? folder = new FileInfo(thisFile).Directory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Functions.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Functions.sln is in no folder above the tests.");
    }
}
