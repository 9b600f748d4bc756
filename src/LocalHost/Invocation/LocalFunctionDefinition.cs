using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker;

namespace Trainyard.LocalHost.Invocation;

/// <summary>What middleware sees of a function. Everything but the name is built when first asked for.</summary>
internal sealed class LocalFunctionDefinition(LocalFunction function) : FunctionDefinition
{
    private readonly Lazy<ImmutableArray<FunctionParameter>> parameters =
        new(() => [.. function.Parameters.Select(each => new FunctionParameter(each.Name, each.Type))]);

    private readonly Lazy<IImmutableDictionary<string, BindingMetadata>> inputs = new(() => DescribeInputs(function));

    public override ImmutableArray<FunctionParameter> Parameters => parameters.Value;

    public override string PathToAssembly => function.Method.DeclaringType!.Assembly.Location;

    public override string EntryPoint => $"{function.Method.DeclaringType!.FullName}.{function.Method.Name}";

    /// <summary>The name, which is stable across starts, where the Functions host takes a hash.</summary>
    public override string Id => function.Name;

    public override string Name => function.Name;

    public override IImmutableDictionary<string, BindingMetadata> InputBindings => inputs.Value;

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings => function.Outputs.ToImmutableDictionary(
        static output => output.Name,
        static BindingMetadata (output) => new LocalBindingMetadata(output.Name, "queue", BindingDirection.Out),
        StringComparer.Ordinal);

    private static ImmutableDictionary<string, BindingMetadata> DescribeInputs(LocalFunction function)
    {
        var bindings = ImmutableDictionary.CreateBuilder<string, BindingMetadata>(StringComparer.Ordinal);
        foreach (BoundParameter parameter in function.Parameters)
        {
            if (BindingType(function.Kind, parameter) is { } type)
            {
                bindings[parameter.Name] = new LocalBindingMetadata(parameter.Name, type, BindingDirection.In);
            }
        }

        return bindings.ToImmutable();
    }

    // The names under which the Functions host knows these bindings; middleware selects by them.
    private static string? BindingType(TriggerKind kind, BoundParameter parameter) => parameter.Source switch
    {
        ParameterSource.DurableClient => "durableClient",
        ParameterSource.HttpRequest or ParameterSource.Payload or ParameterSource.JsonPayload => kind switch
        {
            TriggerKind.Http => "httpTrigger",
            TriggerKind.Timer => "timerTrigger",
            TriggerKind.Queue => "queueTrigger",
            TriggerKind.Orchestration => "orchestrationTrigger",
            _ => "activityTrigger",
        },
        _ => null,
    };
}
