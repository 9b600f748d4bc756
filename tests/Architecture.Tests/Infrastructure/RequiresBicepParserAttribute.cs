using Trainyard.Testing;

namespace Trainyard.Architecture.Tests.Infrastructure;

/// <summary>A fact that needs the grammar of Bicep; without it it is skipped with the command that installs it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresBicepParserFactAttribute : FactAttribute
{
    public RequiresBicepParserFactAttribute() => Skip = BicepParser.SkipReason;
}

/// <summary>A theory that needs the grammar of Bicep; without it it is skipped with the command that installs it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresBicepParserTheoryAttribute : TheoryAttribute
{
    public RequiresBicepParserTheoryAttribute() => Skip = BicepParser.SkipReason;
}

internal static class BicepParser
{
    public static string? SkipReason { get; } =
        Requirements.AllMustRun ? null
        : !Requirements.IsOnPath("node") ? "Needs node: apt-get install -y nodejs npm, then npm ci --prefix tests/tools --ignore-scripts"
        : !Directory.Exists(Bicep.Package) ? "Needs the grammar of Bicep: npm ci --prefix tests/tools --ignore-scripts"
        : null;
}
