using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Trainyard.LocalHost.Invocation;

namespace Trainyard.LocalHost.Discovery;

/// <summary>Checks one method that carries the function attribute, and collects what is wrong with it.</summary>
internal sealed partial class FunctionChecks(string name, MethodInfo method, List<string> faults)
{
    private readonly int before = faults.Count;

    /// <summary>The function, or null when a fault was added.</summary>
    public LocalFunction? Describe()
    {
        CheckMethod();
        if (FunctionDiscovery.FindTrigger(method) is not var (triggerParameter, trigger))
        {
            Fault("exactly one parameter must carry a trigger attribute");
            return null;
        }

        if (KindOf(trigger) is not { } kind)
        {
            Fault($"the trigger {trigger.GetType().Name} of parameter '{triggerParameter.Name}' is not known to this host");
            return null;
        }

        (IReadOnlyList<FunctionOutput> outputs, ResultPart? answer) = new ResultClassifier(kind, method, Fault).Classify();
        BoundParameter[] parameters = DescribeParameters(kind, trigger, triggerParameter);
        return faults.Count == before ? new LocalFunction(name, method, kind, trigger, parameters) { Outputs = outputs, Answer = answer } : null;
    }

    /// <summary>Adds a sentence that names the function and its method.</summary>
    public void Fault(string what) =>
        faults.Add($"Function '{name}' ({method.DeclaringType!.FullName}.{method.Name}): {what}.");

    private static TriggerKind? KindOf(TriggerBindingAttribute trigger) => trigger switch
    {
        HttpTriggerAttribute => TriggerKind.Http,
        TimerTriggerAttribute => TriggerKind.Timer,
        QueueTriggerAttribute => TriggerKind.Queue,
        OrchestrationTriggerAttribute => TriggerKind.Orchestration,
        ActivityTriggerAttribute => TriggerKind.Activity,
        _ => null,
    };

    // The Functions host's own rule for names.
    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9_-]{0,126}$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ValidName { get; }

    private void CheckMethod()
    {
        if (!ValidName.IsMatch(name))
        {
            Fault("its name must begin with a letter and have at most 127 letters, digits, hyphens and underscores");
        }

        Type type = method.DeclaringType!;
        if (!method.IsPublic || !type.IsVisible)
        {
            Fault("the method and its class must be public, because the worker calls it from generated code");
        }

        if (!method.IsStatic && type.IsAbstract)
        {
            Fault("an instance method needs a class that can be built");
        }

        if (method.ContainsGenericParameters)
        {
            Fault("neither the method nor its class may be generic");
        }
    }

    private BoundParameter[] DescribeParameters(TriggerKind kind, TriggerBindingAttribute trigger, ParameterInfo triggerParameter)
    {
        IReadOnlySet<string> routeNames = trigger is HttpTriggerAttribute http ? RouteNames(http) : new HashSet<string>();
        ParameterClassifier classifier = new(kind, triggerParameter, routeNames);
        List<BoundParameter> bound = [];
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            if (classifier.TryClassify(parameter, out ParameterSource source, out string? fault))
            {
                bound.Add(new BoundParameter(parameter, source));
            }
            else
            {
                Fault($"parameter '{parameter.Name}' of type {parameter.ParameterType.Name} {fault}");
            }
        }

        return [.. bound];
    }

    private IReadOnlySet<string> RouteNames(HttpTriggerAttribute trigger)
    {
        try
        {
            return RouteTemplate.ParameterNames(trigger.Route ?? name);
        }
        catch (FormatException exception)
        {
            Fault($"its route '{trigger.Route}' cannot be read: {exception.Message}");
            return new HashSet<string>();
        }
    }
}
