using System.Buffers.Text;
using System.Security.Cryptography;

namespace Trainyard.Functions.Storage;

/// <summary>Which calls wrote an entity, the newest first, so that a call whose answer was lost finds out whether it wrote.</summary>
/// <remarks>
/// The last stamp alone does not tell: others may have replaced the entity before the call that was not answered came again.
/// Whoever replaces has read what was there, so it knows the stamps and hands them on; they travel in the port's ETag, behind
/// the service's own.
/// </remarks>
internal static class WriteStamps
{
    // So many replacements may pass between a write and its second try; the pipeline comes back within seconds, and at most
    // every few milliseconds somebody else can have read and replaced.
    private const int Kept = 64;

    // 48 bits: of 64 stamps none is another's by chance, and eight characters of base64 hold them.
    private const int StampBytes = 6;
    private const int StampLength = 8;
    private const char Separator = '|';

    /// <summary>A stamp that no other call has.</summary>
    internal static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(StampBytes));

    /// <summary>The stamps of an entity that a call replaces.</summary>
    /// <param name="stamp">The call's.</param>
    /// <param name="replaced">The port's ETag of what it replaces; null when it does not know.</param>
    internal static string After(string stamp, string? replaced)
    {
        string earlier = replaced is not null && replaced.LastIndexOf(Separator) is var at and >= 0 ? replaced[(at + 1)..] : string.Empty;
        return earlier.Length % StampLength == 0 ? stamp + earlier[..Math.Min(earlier.Length, (Kept - 1) * StampLength)] : stamp;
    }

    /// <summary>Where a stamp stands among an entity's: 0 for the newest; negative when it is not there.</summary>
    internal static int IndexOf(string? stamps, string stamp)
    {
        for (int start = 0; start + StampLength <= stamps?.Length; start += StampLength)
        {
            if (stamps.AsSpan(start, StampLength).SequenceEqual(stamp))
            {
                return start / StampLength;
            }
        }

        return -1;
    }

    /// <summary>The port's ETag: the service's and the entity's stamps.</summary>
    internal static string Join(string etag, string? stamps) => $"{etag}{Separator}{stamps}";

    /// <summary>The service's ETag of a port's.</summary>
    internal static string ServiceETag(string etag) => etag.LastIndexOf(Separator) is var at and >= 0 ? etag[..at] : etag;
}
