using Trainyard.LocalHost.CommandLine;
using Trainyard.MLNet;

MLNetEngine.Register();
return await LocalHostCommand.Create().Parse(args).InvokeAsync(LocalHostCommand.Invocation);
