namespace Trainyard.LocalHost.Invocation;

/// <summary>A part of a function's result that is sent to a queue: text as it is, anything else as JSON, an array item by item.</summary>
/// <param name="Name">The property's name, or <c>$return</c>, as the Functions host calls it.</param>
/// <param name="QueueName">The queue; may name settings between percent signs.</param>
/// <param name="Part">What is sent; nothing when it is null.</param>
internal sealed record FunctionOutput(string Name, string QueueName, ResultPart Part)
{
    /// <summary>The name of an output that is the whole result.</summary>
    public const string WholeResult = "$return";
}
