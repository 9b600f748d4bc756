namespace Trainyard.LocalHost.Invocation;

/// <summary>Where a parameter's value comes from.</summary>
internal enum ParameterSource
{
    /// <summary>The HTTP request.</summary>
    HttpRequest,

    /// <summary>The route value of the parameter's name.</summary>
    RouteValue,

    /// <summary>The trigger's payload as it is: timer information, orchestration context, message text.</summary>
    Payload,

    /// <summary>The trigger's payload, read as JSON into the parameter's type.</summary>
    JsonPayload,

    /// <summary>The durable client.</summary>
    DurableClient,

    /// <summary>The function context.</summary>
    FunctionContext,

    /// <summary>The invocation's cancellation token.</summary>
    CancellationToken,
}
