using System.Text.Json;
using Trainyard.Domain.Access;

namespace Trainyard.Domain.Audit;

/// <summary>One change that somebody asked for, and what became of it.</summary>
public sealed record AuditEntry
{
    /// <summary>Unique.</summary>
    public required string Id { get; init; }

    /// <summary>When it was asked for (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How the asker is known.</summary>
    public required CallerKind ActorKind { get; init; }

    /// <summary>Who asked: a <see cref="Caller.Id"/>.</summary>
    public required string Actor { get; init; }

    /// <summary>What was asked for: the name of the operation.</summary>
    public required string Action { get; init; }

    /// <summary>What it is about: the path of the request.</summary>
    public required string Target { get; init; }

    /// <summary>Finds the request in the logs.</summary>
    public required string TraceId { get; init; }

    /// <summary><c>done</c>, or the code of the refusal; null while it is under way, and for ever where the host died in between.</summary>
    public string? Outcome { get; init; }

    /// <summary>When it ended; null likewise.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What was there before; null where nothing was, or it is not told.</summary>
    public JsonElement? Before { get; init; }

    /// <summary>What is there now; null where nothing is, or it is not told.</summary>
    public JsonElement? After { get; init; }
}
