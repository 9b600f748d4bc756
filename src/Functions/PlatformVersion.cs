using System.Reflection;

namespace Trainyard.Functions;

/// <summary>The version of the platform as callers are told it.</summary>
internal static class PlatformVersion
{
    /// <summary>The version with what the build appends to it: the commit.</summary>
    public static string Full { get; } =
        typeof(PlatformVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The version alone.</summary>
    public static string Text { get; } = Full.Split('+')[0];
}
