namespace Trainyard.EndToEnd.Tests;

/// <summary>A fact that needs programs on the PATH; without them it is skipped with the command that installs them.</summary>
/// <remarks>With <c>TRAINYARD_REQUIRE_ALL=1</c> it runs all the same, and fails.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresFactAttribute : FactAttribute
{
    public RequiresFactAttribute(params string[] programs)
    {
        string[] absent = [.. programs.Where(program => !IsOnPath(program))];
        if (absent.Length > 0 && Environment.GetEnvironmentVariable("TRAINYARD_REQUIRE_ALL") != "1")
        {
            Skip = $"Needs {string.Join(" and ", absent)}: apt-get install -y {string.Join(' ', absent)}";
        }
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));
}
