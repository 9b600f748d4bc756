using Trainyard.Storage.Tests.Contracts;
using Trainyard.Testing.Azurite;

namespace Trainyard.Storage.Tests.Azure;

/// <summary>The tests of a class run against Azurite, Microsoft's emulator of Azure Storage, on Node.js.</summary>
public sealed class RequiresAzuriteAttribute : RequirementAttribute
{
    protected override string? Missing => AzuriteProcess.Missing;
}
