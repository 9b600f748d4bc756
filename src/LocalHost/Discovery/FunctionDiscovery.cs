using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Trainyard.LocalHost.Invocation;

namespace Trainyard.LocalHost.Discovery;

/// <summary>Finds the functions of a set of types and checks that the host can run each of them.</summary>
internal static class FunctionDiscovery
{
    private const BindingFlags AnyMethod =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>Every function of <paramref name="types"/>, in the order of their names.</summary>
    /// <exception cref="FunctionDeclarationException">At least one function cannot be run; it names all of them.</exception>
    public static IReadOnlyList<LocalFunction> Discover(IEnumerable<Type> types)
    {
        List<string> faults = [];
        SortedDictionary<string, LocalFunction> functions = new(StringComparer.OrdinalIgnoreCase);
        foreach (Type type in types)
        {
            if (type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            {
                continue;
            }

            foreach (MethodInfo method in type.GetMethods(AnyMethod))
            {
                if (method.GetCustomAttribute<FunctionAttribute>(inherit: false) is { } attribute)
                {
                    Add(functions, attribute.Name, method, faults);
                }
            }
        }

        return faults.Count == 0 ? [.. functions.Values] : throw new FunctionDeclarationException(faults);
    }

    private static void Add(SortedDictionary<string, LocalFunction> functions, string name, MethodInfo method, List<string> faults)
    {
        FunctionChecks checks = new(name, method, faults);
        if (checks.Describe() is not { } function)
        {
            return;
        }

        if (!functions.TryAdd(name, function))
        {
            checks.Fault($"its name is also that of {functions[name].Definition.EntryPoint}; names are unique within the app");
        }
    }

    /// <summary>The one trigger of a method, or null when there is none or several.</summary>
    internal static (ParameterInfo Parameter, TriggerBindingAttribute Attribute)? FindTrigger(MethodInfo method)
    {
        (ParameterInfo Parameter, TriggerBindingAttribute Attribute)? found = null;
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            if (parameter.GetCustomAttribute<TriggerBindingAttribute>() is { } attribute)
            {
                if (found is not null)
                {
                    return null;
                }

                found = (parameter, attribute);
            }
        }

        return found;
    }
}
