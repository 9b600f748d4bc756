using System.ComponentModel.DataAnnotations;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Registry.Traffic;

namespace Trainyard.Functions.Http.Traffic;

/// <summary>A share of a model's traffic.</summary>
/// <param name="Version">The version; asked for by <c>v5</c>, <c>5</c>, <c>1.4.0</c> or an alias.</param>
/// <param name="Percent">From 0 to 100, with at most two decimals.</param>
internal sealed record ShareView([property: RegularExpression(ResourceName.Pattern)] string Version, double Percent)
{
    public WantedShare ToWanted() => new(Version, Percent);
}
