using Trainyard.Domain.Redaction;

namespace Trainyard.Functions.Telemetry;

/// <summary>Stands in a log for an exception whose text held what must not be there.</summary>
internal sealed class RedactedException : Exception
{
    private readonly Exception original;

    private RedactedException(Exception original, string message)
        : base(message) => this.original = original;

    /// <summary>The frames of the original, which hold code and no data.</summary>
    public override string? StackTrace => original.StackTrace;

    /// <summary>The exception itself where there is nothing to hide.</summary>
    public static Exception? Of(Exception? exception)
    {
        string? text = exception?.ToString();
        return text is null || ReferenceEquals(Redactor.Clean(text), text)
            ? exception
            : new RedactedException(exception!, $"{exception!.GetType().FullName}: {Redactor.Clean(exception.Message)}");
    }

    /// <inheritdoc />
    public override string ToString() => Redactor.Clean(original.ToString());
}
