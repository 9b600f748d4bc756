using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Trainyard.Functions.Access;

/// <summary>The HTTP functions of the app with what each asks of its callers. Immutable and thread safe.</summary>
internal sealed class Operations
{
    private readonly FrozenDictionary<string, OperationAttribute> byFunction;

    private Operations(IEnumerable<MethodInfo> functions) => byFunction = functions.ToFrozenDictionary(
        method => method.GetCustomAttribute<FunctionAttribute>()!.Name,
        method => method.GetCustomAttribute<OperationAttribute>()
            ?? throw new InvalidOperationException($"HTTP function {method.DeclaringType!.Name}.{method.Name} does not say who may call it; give it an [Operation]."),
        StringComparer.Ordinal);

    /// <summary>The methods of an assembly that HTTP requests reach.</summary>
    public static IEnumerable<MethodInfo> Find(Assembly assembly) => assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(method => method.IsDefined(typeof(FunctionAttribute)) && method.GetParameters().Any(parameter => parameter.IsDefined(typeof(HttpTriggerAttribute))));

    /// <summary>Reads an assembly.</summary>
    /// <exception cref="InvalidOperationException">A function does not say who may call it: nothing starts then, rather than stand open.</exception>
    public static Operations Of(Assembly assembly) => new(Find(assembly));

    /// <summary>What a function asks.</summary>
    public OperationAttribute this[string function] => byFunction[function];
}
