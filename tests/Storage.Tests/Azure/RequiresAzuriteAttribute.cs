using Trainyard.Storage.Tests.Contracts;
using Trainyard.Testing;

namespace Trainyard.Storage.Tests.Azure;

/// <summary>The tests of a class run against Azurite, Microsoft's emulator of Azure Storage, on Node.js.</summary>
public sealed class RequiresAzuriteAttribute : RequirementAttribute
{
    protected override string? Missing =>
        !Requirements.IsOnPath("node") ? "Needs node: apt-get install -y nodejs npm, then npm ci --prefix tests/tools --ignore-scripts"
        : !File.Exists(AzuriteProcess.Script) ? "Needs Azurite: npm ci --prefix tests/tools --ignore-scripts"
        : null;
}
