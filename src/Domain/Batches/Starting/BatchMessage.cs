using System.Text.Json.Serialization;
using Trainyard.Domain.Messages;

namespace Trainyard.Domain.Batches.Starting;

/// <summary>A message that starts a prediction job.</summary>
/// <param name="Request">What is asked for, as over HTTP.</param>
public sealed record BatchMessage([property: JsonRequired] BatchDefinition Request) : PlatformMessage;
