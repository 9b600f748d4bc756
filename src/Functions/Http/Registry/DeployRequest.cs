using System.ComponentModel.DataAnnotations;
using Trainyard.Domain.Naming;

namespace Trainyard.Functions.Http.Registry;

/// <summary>Which version to deploy.</summary>
/// <param name="Version"><c>v5</c> or <c>1.4.0</c>; null for the newest.</param>
internal sealed record DeployRequest([property: RegularExpression(ResourceName.Pattern)] string? Version = null);
