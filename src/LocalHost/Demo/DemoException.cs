namespace Trainyard.LocalHost.Demo;

/// <summary>A step of the demo failed; the message is for the person who watches.</summary>
internal sealed class DemoException(string message, Exception? inner = null) : Exception(message, inner);
