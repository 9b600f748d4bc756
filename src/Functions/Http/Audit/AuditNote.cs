using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Trainyard.Functions.Http.Audit;

/// <summary>What a function tells the audit log of its change. Never a secret.</summary>
internal sealed class AuditNote
{
    /// <summary>UTF-8 JSON of what was there; empty for nothing.</summary>
    public ReadOnlyMemory<byte> StateBefore { get; private set; }

    /// <summary>UTF-8 JSON of what is there now; empty for nothing.</summary>
    public ReadOnlyMemory<byte> StateAfter { get; private set; }

    /// <summary>The note of a request that changes something.</summary>
    /// <exception cref="InvalidOperationException">The function is not one that changes anything, by its [Operation].</exception>
    public static AuditNote Of(HttpRequest request) => Find(request)
        ?? throw new InvalidOperationException("Only functions that count as changes have an audit note.");

    /// <summary>The note of a request; null when its function counts as no change.</summary>
    public static AuditNote? Find(HttpRequest request) => request.HttpContext.Features.Get<AuditNote>();

    /// <summary>Notes what was there.</summary>
    public void Before<T>(T value, JsonTypeInfo<T> type) => StateBefore = JsonSerializer.SerializeToUtf8Bytes(value, type);

    /// <summary>Notes what is there now.</summary>
    public void After<T>(T value, JsonTypeInfo<T> type) => StateAfter = JsonSerializer.SerializeToUtf8Bytes(value, type);

    /// <summary>Notes what is there now, by the answer that shows it.</summary>
    public void After(ReadOnlyMemory<byte> json) => StateAfter = json;
}
