namespace Trainyard.Testing;

/// <summary>What tests need beside the .NET SDK; without it they are skipped with the command that installs it.</summary>
public static class Requirements
{
    /// <summary>Whether <c>TRAINYARD_REQUIRE_ALL=1</c> forbids to skip: such a test runs all the same, and fails.</summary>
    public static bool AllMustRun => Environment.GetEnvironmentVariable("TRAINYARD_REQUIRE_ALL") == "1";

    /// <summary>Whether a program is in a folder of PATH.</summary>
    public static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));
}
