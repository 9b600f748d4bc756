using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Trainyard.Domain.Paging;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>How far somebody has read: in a segment, or before all of an hour.</summary>
/// <param name="Hour">The hour that is read.</param>
/// <param name="File">The segment that is read; empty before the first of the hour.</param>
/// <param name="Offset">Bytes from its beginning: up to there (oldest first), or from there (newest first), it is read.</param>
/// <remarks>Holds neither tenant nor model, which the request says itself: so that nobody gets to another's by a continuation.</remarks>
internal readonly record struct LogPosition(DateTimeOffset Hour, string File, long Offset)
{
    private const string HourFormat = "yyyyMMddHH";

    /// <summary>As callers keep it.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{Hour.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture)}|{Offset}|{File}")));

    /// <summary>Reads what a caller kept; null when nothing.</summary>
    /// <exception cref="Problems.ProblemException"><c>continuation_invalid</c>.</exception>
    public static LogPosition? Require(string? continuation)
    {
        if (continuation is null)
        {
            return null;
        }

        if (!Base64Url.IsValid(continuation))
        {
            throw PageRequest.InvalidContinuation();
        }

        string[] parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation)).Split('|', count: 3);
        return parts.Length == 3
            && DateTimeOffset.TryParseExact(parts[0], HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset hour)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
            && (parts[2].Length == 0 || LogSegmentName.TryParse(hour, parts[2], out _))
            ? new LogPosition(hour, parts[2], offset)
            : throw PageRequest.InvalidContinuation();
    }
}
