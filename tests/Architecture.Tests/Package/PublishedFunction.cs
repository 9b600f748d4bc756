using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Trainyard.Architecture.Tests.Package;

/// <summary>A function as its assembly declares it.</summary>
/// <param name="Name">The name that hosts know it by.</param>
/// <param name="Method">Its method.</param>
/// <param name="Triggers">The attributes that may start it.</param>
internal sealed partial record PublishedFunction(string Name, MethodDefinition Method, IReadOnlyList<CustomAttribute> Triggers)
{
    /// <summary>The kind of its trigger: <c>HttpTrigger</c>, <c>TimerTrigger</c> and so on.</summary>
    public string Kind => Triggers[0].AttributeType.Name.Replace("Attribute", string.Empty, StringComparison.Ordinal);

    /// <summary>Every method in upper case with the route as an API description has it; none for what is no HTTP function.</summary>
    public IEnumerable<(string Method, string Route)> Endpoints => Kind == "HttpTrigger"
        ? Words(Triggers[0]).Select(method => (method.ToUpperInvariant(), "/" + Constraint().Replace(Route, "{${name}}")))
        : [];

    /// <summary>The route of an HTTP function.</summary>
    public string Route => (string)Triggers[0].Properties.Single(property => property.Name == "Route").Argument.Value;

    /// <summary>All functions of an assembly.</summary>
    public static IReadOnlyList<PublishedFunction> AllOf(string path)
    {
        // Not disposed: what is read of it refers to it.
        AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters(ReadingMode.Immediate) { InMemory = true });
        return
        [
            .. from method in assembly.MainModule.GetTypes().SelectMany(type => type.Methods)
               from attribute in method.CustomAttributes
               where attribute.AttributeType.FullName == "Microsoft.Azure.Functions.Worker.FunctionAttribute"
               select new PublishedFunction((string)attribute.ConstructorArguments[0].Value, method, [.. method.Parameters.SelectMany(parameter => parameter.CustomAttributes).Where(IsTrigger)]),
        ];
    }

    private static bool IsTrigger(CustomAttribute attribute) =>
        attribute.AttributeType.Namespace == "Microsoft.Azure.Functions.Worker" && attribute.AttributeType.Name.EndsWith("TriggerAttribute", StringComparison.Ordinal);

    private static IEnumerable<string> Words(CustomAttribute trigger) => trigger.ConstructorArguments
        .Select(argument => argument.Value)
        .OfType<CustomAttributeArgument[]>()
        .SelectMany(words => words.Select(word => (string)word.Value));

    // {id:int}, {*path} and {name?} are told apart by a host, not by a description.
    [GeneratedRegex(@"\{\*?(?<name>\w+)[^}]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constraint();
}
