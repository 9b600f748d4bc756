using Trainyard.LocalHost.CommandLine;

return await LocalHostCommand.Create().Parse(args).InvokeAsync(LocalHostCommand.Invocation);
