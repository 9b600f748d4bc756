using System.ComponentModel.DataAnnotations;
using Trainyard.Domain.Naming;

namespace Trainyard.Functions.Http.Registry;

/// <summary>Which version to deploy.</summary>
/// <param name="Version"><c>v5</c>, <c>5</c>, <c>1.4.0</c> or an alias; null for the newest.</param>
/// <param name="Reason">Why; kept in the history.</param>
internal sealed record DeployRequest([property: RegularExpression(ResourceName.Pattern)] string? Version = null, string? Reason = null);
