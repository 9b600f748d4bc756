using Mono.Cecil;

namespace Trainyard.Architecture.Tests;

/// <summary>What every activity does before its work.</summary>
public class ActivityTests
{
    [Fact]
    public void Activities_SayForWhomTheyWork()
    {
        // Log lines and spans have the tenant of a request from its caller; that of an activity stands in its input alone.
        using AssemblyDefinition assembly = House.Open("Functions");
        MethodDefinition[] activities = [.. assembly.MainModule.GetTypes().SelectMany(type => type.Methods).Where(IsActivity)];
        Assert.NotEmpty(activities);
        Assert.All(activities, activity => Assert.True(SaysTenant(activity, []), $"{activity.DeclaringType.Name}.{activity.Name} does not call InvocationScope.SetTenant."));
    }

    private static bool IsActivity(MethodDefinition method) =>
        method.Parameters.Any(parameter => parameter.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "ActivityTriggerAttribute"));

    // In its own body, or in that of a method beside it that it calls.
    private static bool SaysTenant(MethodDefinition method, HashSet<string> seen)
    {
        if (!seen.Add(method.FullName) || !method.HasBody)
        {
            return false;
        }

        MethodReference[] called = [.. method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>()];
        return called.Any(each => each is { Name: "SetTenant", DeclaringType.Name: "InvocationScope" })
            || called.OfType<MethodDefinition>().Where(each => Outermost(each.DeclaringType) == Outermost(method.DeclaringType)).Concat(StateMachine(method)).Any(each => SaysTenant(each, seen));
    }

    private static IEnumerable<MethodDefinition> StateMachine(MethodDefinition method) => method.CustomAttributes
        .Where(attribute => attribute.AttributeType.Name == "AsyncStateMachineAttribute")
        .SelectMany(attribute => ((TypeReference)attribute.ConstructorArguments[0].Value).Resolve().Methods.Where(each => each.Name == "MoveNext"));

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);
}
