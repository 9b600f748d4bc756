using Trainyard.LocalHost.Durable.Core;
using Trainyard.LocalHost.Durable.Storage;

namespace Trainyard.LocalHost.Durable;

/// <summary>An execution in memory: what is stored of it, and the machine that stands where its history ends.</summary>
internal sealed record InstanceSession(InstanceRow Instance, OrchestrationMachine Machine);
