using System.Reflection;

namespace Trainyard.LocalHost.Invocation;

/// <summary>A parameter and where its value comes from.</summary>
/// <param name="Parameter">The method's parameter.</param>
/// <param name="Source">Where its value comes from.</param>
internal sealed record BoundParameter(ParameterInfo Parameter, ParameterSource Source)
{
    /// <summary>The parameter's name.</summary>
    public string Name => Parameter.Name!;

    /// <summary>The parameter's type.</summary>
    public Type Type => Parameter.ParameterType;
}
