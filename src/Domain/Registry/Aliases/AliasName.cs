using Trainyard.Domain.Naming;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Registry.Aliases;

/// <summary>The rule for names of aliases: <c>champion</c>, <c>challenger</c>, any that cannot be taken for a version.</summary>
public static class AliasName
{
    /// <summary>Always what is deployed; follows deployments by itself.</summary>
    public const string Production = "production";

    /// <summary>Always the newest version; follows registrations by itself.</summary>
    public const string Latest = "latest";

    /// <summary>Returns an alias that may be set or removed, or refuses it.</summary>
    /// <exception cref="ProblemException"><c>name_invalid</c>, <c>alias_reserved</c>.</exception>
    public static string RequireFree(string? text)
    {
        string alias = ResourceName.Require(text, "alias");
        return IsReserved(alias) || ModelVersion.TryParseLabel(alias, out _) || SemanticVersion.TryParse(alias, out _)
            ? throw new ProblemException(new Problem(
                ProblemKind.Malformed,
                "alias_reserved",
                $"'{alias}' cannot be given to a version: '{Production}' and '{Latest}' follow deployments and registrations by themselves, and what reads as a version is one. Use another name.",
                "alias"))
            : alias;
    }

    /// <summary>True for the aliases that follow by themselves.</summary>
    internal static bool IsReserved(string alias) => alias is Production or Latest;
}
