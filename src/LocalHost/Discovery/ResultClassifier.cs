using System.Collections;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Trainyard.LocalHost.Invocation;

namespace Trainyard.LocalHost.Discovery;

/// <summary>Decides what becomes of a function's result: an answer, messages, or the outcome of an activity or orchestrator.</summary>
internal sealed class ResultClassifier(TriggerKind kind, MethodInfo method, Action<string> fault)
{
    private const string SendYourself = "take IMessageQueue or a store in the constructor and send or write there";
    private readonly Type result = FunctionResult.TypeOf(method.ReturnType);

    /// <summary>What is sent to queues, and where the HTTP answer is when it is not the whole result. Faults are told.</summary>
    public (IReadOnlyList<FunctionOutput> Outputs, ResultPart? Answer) Classify()
    {
        (PropertyInfo? Property, OutputBindingAttribute Attribute)[] bound = [.. FindOutputs()];
        if (bound.Length == 0)
        {
            CheckWhole();
            return ([], null);
        }

        if (kind is TriggerKind.Activity or TriggerKind.Orchestration)
        {
            fault(kind == TriggerKind.Activity
                ? $"it has an output binding, but an activity's result goes to its orchestrator; {SendYourself}"
                : "it has an output binding, which an orchestrator must not have, since it is replayed; call an activity that sends");
            return ([], null);
        }

        List<FunctionOutput> outputs = [];
        foreach ((PropertyInfo? property, OutputBindingAttribute attribute) in bound)
        {
            CheckMessage(property, attribute);
            outputs.Add(new FunctionOutput(property?.Name ?? FunctionOutput.WholeResult, (attribute as QueueOutputAttribute)?.QueueName ?? "", new ResultPart(property)));
        }

        bool hasParts = Array.TrueForAll(bound, static each => each.Property is not null);
        return (outputs, kind == TriggerKind.Http && hasParts ? FindAnswer() : null);
    }

    private IEnumerable<(PropertyInfo?, OutputBindingAttribute)> FindOutputs()
    {
        foreach (OutputBindingAttribute attribute in method.GetCustomAttributes<OutputBindingAttribute>(inherit: false))
        {
            yield return (null, attribute);
        }

        foreach (PropertyInfo property in result.GetProperties())
        {
            foreach (OutputBindingAttribute attribute in property.GetCustomAttributes<OutputBindingAttribute>())
            {
                yield return (property, attribute);
            }
        }
    }

    private void CheckWhole()
    {
        if (kind == TriggerKind.Http && !FunctionResult.IsHttpResult(result))
        {
            fault($"it returns {result.Name}; an HTTP function returns IResult or IActionResult, or a task of one");
        }
        else if (kind is TriggerKind.Timer or TriggerKind.Queue && result != typeof(void))
        {
            fault($"it returns {result.Name}, which nothing would receive; return Task, or say with [QueueOutput] where it goes");
        }
    }

    private void CheckMessage(PropertyInfo? property, OutputBindingAttribute attribute)
    {
        Type type = property?.PropertyType ?? result;
        if (attribute is not QueueOutputAttribute)
        {
            fault($"it has the output binding {attribute.GetType().Name}, which this host does not carry; {SendYourself}");
        }
        else if (property is null && (kind == TriggerKind.Http || type == typeof(void)))
        {
            fault(kind == TriggerKind.Http
                ? "its whole result goes to a queue and nothing answers; return a class with the answer under [HttpResult] and the message under [QueueOutput]"
                : "it has a queue output and returns nothing");
        }
        else if (!IsMessage(type))
        {
            fault($"it sends {type.Name} to a queue; send text, an object or an array of them");
        }
    }

    // Bytes are text to nobody, and what the Functions host makes of other collections depends on their kind.
    private static bool IsMessage(Type type) =>
        type == typeof(string) || (type.IsArray ? IsMessage(type.GetElementType()!) && type != typeof(byte[]) : !typeof(IEnumerable).IsAssignableFrom(type));

    private ResultPart? FindAnswer()
    {
        PropertyInfo[] answers = [.. result.GetProperties().Where(static each => each.IsDefined(typeof(HttpResultAttribute), inherit: false))];
        if (answers is [{ } answer] && answer.PropertyType != typeof(void) && FunctionResult.IsHttpResult(answer.PropertyType))
        {
            return new ResultPart(answer);
        }

        fault($"it returns {result.Name}, in which exactly one property, of IResult or IActionResult, must be marked with [HttpResult]");
        return null;
    }
}
