using Trainyard.Testing;

namespace Trainyard.Functions.Tests.Description;

/// <summary>A fact that needs Redocly's linter; without it it is skipped with the command that installs it.</summary>
/// <remarks>With <c>TRAINYARD_REQUIRE_ALL=1</c> it runs all the same, and fails.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresRedoclyFactAttribute : FactAttribute
{
    public RequiresRedoclyFactAttribute()
    {
        if (!Requirements.AllMustRun && !(File.Exists(Program) && Requirements.IsOnPath("node")))
        {
            Skip = "Needs Node and @redocly/cli: npm ci --prefix tests/tools --ignore-scripts";
        }
    }

    internal static string Program => RepositoryFiles.Path("tests", "tools", "node_modules", "@redocly", "cli", "bin", "cli.js");
}
