using System.Reflection;

namespace Trainyard.Functions.Http;

/// <summary>The version of the platform as callers are told it.</summary>
internal static class PlatformVersion
{
    /// <summary>The version without what the build appends to it.</summary>
    public static string Text { get; } =
        typeof(PlatformVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
