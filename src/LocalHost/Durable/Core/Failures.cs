using System.Text.Json;
using Microsoft.DurableTask;

namespace Trainyard.LocalHost.Durable.Core;

/// <summary>Failures as text that survives storage, cut to a bearable length.</summary>
internal static class Failures
{
    // Deep chains of inner exceptions tell nothing more, and an unbounded one would outgrow every limit.
    private const int MaxDepth = 5;

    /// <summary>What is kept of an exception.</summary>
    public static TaskFailureDetails FromException(Exception exception, int maxCharacters) => FromException(exception, maxCharacters, MaxDepth);

    /// <summary>A failure that no exception stands behind.</summary>
    public static TaskFailureDetails Create(string code, string message) => new(code, message, null, null, null);

    /// <summary>The stored form.</summary>
    public static string Serialize(TaskFailureDetails failure) => JsonSerializer.Serialize(Stored.From(failure));

    /// <summary>Reads the stored form.</summary>
    public static TaskFailureDetails Deserialize(string data) => JsonSerializer.Deserialize<Stored>(data)!.ToFailure();

    private static TaskFailureDetails FromException(Exception exception, int maxCharacters, int depth)
    {
        TaskFailureDetails? inner = exception switch
        {
            TaskFailedException failed => failed.FailureDetails,
            { InnerException: { } cause } when depth > 1 => FromException(cause, maxCharacters, depth - 1),
            _ => null,
        };
        return new(exception.GetType().ToString(), Cut(exception.Message, maxCharacters)!, Cut(exception.StackTrace, maxCharacters), inner, null);
    }

    private static string? Cut(string? text, int maxCharacters) =>
        text is null || text.Length <= maxCharacters ? text : string.Concat(text.AsSpan(0, maxCharacters), " … (cut)");

    private sealed record Stored(string Type, string Message, string? Stack, Stored? Inner)
    {
        public static Stored From(TaskFailureDetails failure) =>
            new(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, failure.InnerFailure is { } inner ? From(inner) : null);

        public TaskFailureDetails ToFailure() => new(Type, Message, Stack, Inner?.ToFailure(), null);
    }
}
