namespace Trainyard.Functions.Access;

/// <summary>This installation is reached by others and can recognise nobody, so it must not start.</summary>
public sealed class AccessNotConfiguredException() : InvalidOperationException(
    "This host is reached by others than its own machine, and there is neither a key nor the setting 'Trainyard:Access:OperatorKey' to know them by. "
    + "Set it to a long random text, or listen on a loopback address.");
