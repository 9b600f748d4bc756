using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Trainyard.LocalHost.Invocation;

namespace Trainyard.LocalHost.Discovery;

/// <summary>Replaces <c>%name%</c> in the text of a trigger or an output by the setting of that name, as the Functions host does.</summary>
internal static partial class SettingExpression
{
    [GeneratedRegex("%([^%]+)%", RegexOptions.ExplicitCapture | RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Reference { get; }

    /// <summary>The text with every reference resolved.</summary>
    /// <exception cref="FunctionDeclarationException">A setting is missing.</exception>
    public static string Resolve(string text, LocalFunction function, IConfiguration configuration) => Reference.Replace(text, match =>
    {
        string name = match.Value.Trim('%');
        return configuration[name.Replace("__", ":", StringComparison.Ordinal)]
            ?? throw new FunctionDeclarationException([$"Function '{function.Name}': it names the setting '{name}', which is not set."]);
    });
}
