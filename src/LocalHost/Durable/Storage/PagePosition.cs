using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>Where a page of instances ended; opaque to callers.</summary>
/// <param name="CreatedAt">Ticks (UTC) of the last instance's creation.</param>
/// <param name="InstanceId">The last instance.</param>
internal sealed record PagePosition(long CreatedAt, string InstanceId)
{
    /// <summary>Before the first instance.</summary>
    public static PagePosition Start { get; } = new(-1, string.Empty);

    /// <summary>Reads a token; null begins at the start.</summary>
    /// <exception cref="ArgumentException">The text is no token of ours.</exception>
    public static PagePosition Parse(string? token)
    {
        if (token is null)
        {
            return Start;
        }

        if (Base64Url.IsValid(token)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split('|', 2) is [var ticks, var instanceId]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out long createdAt))
        {
            return new(createdAt, instanceId);
        }

        throw new ArgumentException("The continuation token is not one that a page of instances gave.", nameof(token));
    }

    /// <summary>The token that <see cref="Parse"/> reads.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{CreatedAt}|{InstanceId}"));
}
