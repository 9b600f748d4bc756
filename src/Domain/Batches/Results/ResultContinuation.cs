using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Trainyard.Domain.Paging;

namespace Trainyard.Domain.Batches.Results;

/// <summary>Where a page of results ended; callers get it as text that they need not understand.</summary>
/// <param name="Offset">Bytes of the file before the next row.</param>
/// <param name="Row">The next row's number.</param>
internal readonly record struct ResultContinuation(long Offset, long Row)
{
    public static ResultContinuation First => new(0, 1);

    /// <exception cref="Problems.ProblemException"><c>continuation_invalid</c>.</exception>
    public static ResultContinuation Read(string? text)
    {
        if (text is null)
        {
            return First;
        }

        byte[] bytes = new byte[text.Length];
        return Base64Url.IsValid(text)
            && Base64Url.TryDecodeFromChars(text, bytes, out int length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split('.') is [var offset, var row]
            && long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out long at)
            && long.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && at > 0 && number > 1
            ? new(at, number)
            : throw PageRequest.InvalidContinuation();
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Offset}.{Row}")));
}
