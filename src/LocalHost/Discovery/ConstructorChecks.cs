using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.LocalHost.Invocation;

namespace Trainyard.LocalHost.Discovery;

/// <summary>Checks at the start that the classes of functions can be built, rather than at the first call.</summary>
internal static class ConstructorChecks
{
    /// <summary>Looks for every constructor parameter among the services.</summary>
    /// <exception cref="FunctionDeclarationException">A service is missing; the message names the function and the parameter.</exception>
    public static void Verify(IEnumerable<LocalFunction> functions, IServiceProvider services)
    {
        var known = services.GetRequiredService<IServiceProviderIsService>();
        List<string> faults = [];
        foreach (IGrouping<Type, LocalFunction> group in functions.Where(each => !each.Method.IsStatic).GroupBy(each => each.Method.DeclaringType!))
        {
            Check(group.Key, group.First().Name, known, faults);
        }

        if (faults.Count > 0)
        {
            throw new FunctionDeclarationException(faults);
        }
    }

    private static void Check(Type type, string function, IServiceProviderIsService known, List<string> faults)
    {
        ConstructorInfo[] constructors = type.GetConstructors();
        if (constructors.Length != 1)
        {
            faults.Add($"Function '{function}': class {type.FullName} has {constructors.Length} public constructors; it must have one.");
            return;
        }

        faults.AddRange(constructors[0].GetParameters()
            .Where(parameter => !parameter.HasDefaultValue && !known.IsService(parameter.ParameterType))
            .Select(parameter =>
                $"Function '{function}': constructor parameter '{parameter.Name}' of {type.FullName} needs the service {parameter.ParameterType.Name}, which is not registered."));
    }
}
