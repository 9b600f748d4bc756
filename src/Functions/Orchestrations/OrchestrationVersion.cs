using System.Globalization;
using Microsoft.DurableTask;

namespace Trainyard.Functions.Orchestrations;

/// <summary>The version of this app's orchestrators, counted up with every change of the steps that one of them takes.</summary>
/// <remarks>
/// An instance keeps the version that it was started with, and is replayed from its history after every restart. So an
/// orchestrator goes on taking the old steps for instances of an old version: <c>if (OrchestrationVersion.Of(context) >= 2)</c>
/// around what is new. CONTRIBUTING.md says how to change one.
/// </remarks>
internal static class OrchestrationVersion
{
    /// <summary>What instances are started with: <c>extensions.durableTask.defaultVersion</c> of host.json, which must say the same.</summary>
    public const int Current = 2;

    /// <summary>The version of an instance; 0 when it was started before there were versions.</summary>
    /// <exception cref="NotSupportedException">A newer build started it; this one does not know its steps.</exception>
    public static int Of(TaskOrchestrationContext context)
    {
        int version = context.Version.Length == 0 ? 0 : int.Parse(context.Version, NumberStyles.None, CultureInfo.InvariantCulture);
        return version <= Current
            ? version
            : throw new NotSupportedException($"Instance '{context.InstanceId}' has version {version}; this build knows versions up to {Current}. Deploy the newer build again.");
    }
}
