using System.Reflection;
using Trainyard.Testing;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Trainyard.Storage.Tests.Contracts;

/// <summary>Says what a subclass of a contract needs that a machine may lack.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class RequirementAttribute : Attribute
{
    /// <summary>What is missing and the command that installs it; null when all is there.</summary>
    protected abstract string? Missing { get; }

    /// <summary>Why a test must be skipped; null when it runs, as with <c>TRAINYARD_REQUIRE_ALL=1</c> it always does.</summary>
    internal static string? UnmetBy(ITestMethod test) =>
        Requirements.AllMustRun ? null : test.TestClass.Class.ToRuntimeType().GetCustomAttribute<RequirementAttribute>()?.Missing;
}
