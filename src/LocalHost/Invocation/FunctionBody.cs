namespace Trainyard.LocalHost.Invocation;

/// <summary>Binds a function's parameters, calls it and awaits its result; null when it returns nothing.</summary>
internal delegate ValueTask<object?> FunctionBody(LocalFunctionContext context);
