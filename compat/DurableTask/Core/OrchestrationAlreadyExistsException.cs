namespace DurableTask.Core.Exceptions;

/// <summary>An orchestration of that instance id is there already.</summary>
public class OrchestrationAlreadyExistsException(string message) : InvalidOperationException(message);
