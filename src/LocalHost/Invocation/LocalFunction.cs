using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Trainyard.LocalHost.Invocation;

/// <summary>A discovered function: its name, its method and what starts it.</summary>
internal sealed class LocalFunction
{
    private readonly Lazy<FunctionBody> body;

    /// <summary>Describes a function whose parameters were already checked.</summary>
    public LocalFunction(string name, MethodInfo method, TriggerKind kind, TriggerBindingAttribute trigger, IReadOnlyList<BoundParameter> parameters)
    {
        Name = name;
        Method = method;
        Kind = kind;
        Trigger = trigger;
        Parameters = parameters;
        Definition = new LocalFunctionDefinition(this);

        // Compiled at the first call: a start does not pay for functions that nobody calls.
        body = new Lazy<FunctionBody>(() => FunctionCompiler.Compile(this));
    }

    /// <summary>Unique name within the host.</summary>
    public string Name { get; }

    /// <summary>The method that carries the function attribute.</summary>
    public MethodInfo Method { get; }

    /// <summary>What starts it.</summary>
    public TriggerKind Kind { get; }

    /// <summary>The trigger attribute with its settings.</summary>
    public TriggerBindingAttribute Trigger { get; }

    /// <summary>The parameters in the method's order, each with where its value comes from.</summary>
    public IReadOnlyList<BoundParameter> Parameters { get; }

    /// <summary>What of its result is sent to queues, once it has succeeded.</summary>
    public IReadOnlyList<FunctionOutput> Outputs { get; init; } = [];

    /// <summary>Where its HTTP answer is in its result; null when the result is the answer.</summary>
    public ResultPart? Answer { get; init; }

    /// <summary>What middleware sees of it.</summary>
    public LocalFunctionDefinition Definition { get; }

    /// <summary>Binds the parameters, calls the method and awaits it.</summary>
    public ValueTask<object?> InvokeAsync(LocalFunctionContext context) => body.Value(context);
}
