using Trainyard.Testing;

namespace Trainyard.EndToEnd.Tests;

/// <summary>A fact that needs programs on the PATH; without them it is skipped with the command that installs them.</summary>
/// <remarks>With <c>TRAINYARD_REQUIRE_ALL=1</c> it runs all the same, and fails.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresFactAttribute : FactAttribute
{
    public RequiresFactAttribute(params string[] programs)
    {
        string[] absent = [.. programs.Where(program => !Requirements.IsOnPath(program))];
        if (absent.Length > 0 && !Requirements.AllMustRun)
        {
            Skip = $"Needs {string.Join(" and ", absent)}: apt-get install -y {string.Join(' ', absent)}";
        }
    }
}
