using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Trainyard.LocalHost.Invocation;

namespace Trainyard.LocalHost.Discovery;

/// <summary>Decides where the value of each parameter of one function comes from.</summary>
internal sealed class ParameterClassifier(TriggerKind kind, ParameterInfo triggerParameter, IReadOnlySet<string> routeNames)
{
    /// <summary>Finds the source, or says what is wrong as the end of a sentence that begins with the parameter.</summary>
    public bool TryClassify(ParameterInfo parameter, out ParameterSource source, [NotNullWhen(false)] out string? fault)
    {
        (ParameterSource? found, fault) = Classify(parameter);
        source = found.GetValueOrDefault();
        return found is not null;
    }

    private (ParameterSource? Source, string? Fault) Classify(ParameterInfo parameter)
    {
        // By place: reflection may describe one parameter by two objects when two threads ask for it at the same time.
        if (parameter.Position == triggerParameter.Position)
        {
            return ClassifyTrigger(parameter.ParameterType);
        }

        if (parameter.IsDefined(typeof(DurableClientAttribute), inherit: false))
        {
            return ClassifyDurableClient(parameter.ParameterType);
        }

        if (parameter.ParameterType == typeof(FunctionContext))
        {
            return (ParameterSource.FunctionContext, null);
        }

        if (parameter.ParameterType == typeof(CancellationToken))
        {
            return (ParameterSource.CancellationToken, null);
        }

        return kind == TriggerKind.Http
            ? ClassifyRouteValue(parameter)
            : (null, "has no source; bind a service through the constructor of the class");
    }

    private (ParameterSource? Source, string? Fault) ClassifyTrigger(Type type) => kind switch
    {
        TriggerKind.Http => Require(type, typeof(HttpRequest), ParameterSource.HttpRequest),
        TriggerKind.Timer => Require(type, typeof(TimerInfo), ParameterSource.Payload),
        TriggerKind.Orchestration => Require(type, typeof(TaskOrchestrationContext), ParameterSource.Payload),
        TriggerKind.Queue when type == typeof(string) => (ParameterSource.Payload, null),
        TriggerKind.Activity when type == typeof(TaskActivityContext) => (null, "must be the activity's input"),
        _ => (ParameterSource.JsonPayload, null),
    };

    // A replayed orchestrator must not reach outside of its context.
    private (ParameterSource? Source, string? Fault) ClassifyDurableClient(Type type) => kind == TriggerKind.Orchestration
        ? (null, "is a durable client, which an orchestrator must not use; call an activity")
        : Require(type, typeof(DurableTaskClient), ParameterSource.DurableClient);

    private (ParameterSource? Source, string? Fault) ClassifyRouteValue(ParameterInfo parameter)
    {
        if (!routeNames.Contains(parameter.Name!))
        {
            return (null, $"is not in the route ({(routeNames.Count == 0 ? "which has no parameters" : string.Join(", ", routeNames))})");
        }

        return RouteValue.IsSupported(parameter.ParameterType)
            ? (ParameterSource.RouteValue, null)
            : (null, "cannot be read from a route; take string, int, long, bool, double, decimal, Guid, DateTime or DateTimeOffset");
    }

    private static (ParameterSource? Source, string? Fault) Require(Type type, Type wanted, ParameterSource source) =>
        type == wanted ? (source, null) : (null, $"must be {wanted.Name} with this attribute");
}
