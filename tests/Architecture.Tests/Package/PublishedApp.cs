using System.Diagnostics;
using Trainyard.Testing;

namespace Trainyard.Architecture.Tests.Package;

/// <summary>What <c>dotnet publish src/Functions</c> gives of what was built: the folder that is deployed.</summary>
public sealed class PublishedApp : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Publishes the app in the configuration that these tests were built in.</summary>
    public PublishedApp()
    {
        Folder = ScratchFolder.Create("trainyard-package-");
        ProcessStartInfo start = new("dotnet", ["publish", Repository.Path("src", "Functions", "Functions.csproj"), "--no-build", "--no-restore", "-c", Configuration, "-o", Folder, "-nologo"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // No process stays behind that holds on to what it built with.
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" },
        };
        using Process publish = Process.Start(start)!;
        Task<string> said = publish.StandardOutput.ReadToEndAsync();
        Task<string> complained = publish.StandardError.ReadToEndAsync();
        if (!publish.WaitForExit(Patience))
        {
            publish.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet publish did not end within {Patience}.");
        }

        if (publish.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet publish failed: {said.GetAwaiter().GetResult()} {complained.GetAwaiter().GetResult()}");
        }

        Functions = PublishedFunction.AllOf(System.IO.Path.Combine(Folder, "Trainyard.Functions.dll"));
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The functions that its assembly declares.</summary>
    internal IReadOnlyList<PublishedFunction> Functions { get; }

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>A file of the folder.</summary>
    internal string File(params string[] parts) => System.IO.Path.Combine([Folder, .. parts]);

    // bin/Debug/net10.0: the tests and the app are built in one go.
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}
