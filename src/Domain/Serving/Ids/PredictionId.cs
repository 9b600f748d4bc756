using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Trainyard.Domain.Serving.Ids;

/// <summary>Names one prediction, and tells what made it: feedback finds model, version, deployment and what was predicted without any record of the prediction.</summary>
/// <remarks>
/// <c>request-model-version-deployment-unit-row-predicted</c>: a GUID of version 7 as 32 digits, so that ids sort by time; then numbers without
/// leading zeros, all in lower-case hexadecimal; what was predicted begins with <c>c</c> for a label or <c>n</c> for a number. Only what
/// <see cref="ToString"/> writes is read. An id is no secret and is not signed: who makes one up says something false about a
/// model of the own tenant, as anybody may who gives feedback.
/// </remarks>
public readonly record struct PredictionId
{
    /// <summary>Characters at most.</summary>
    public const int MaxLength = RequestLength + (Parts * (MaxDigits + 1)) + 1;

    private const int RequestLength = 32;
    private const int MaxDigits = 16;
    private const int Parts = 6;
    private const char Separator = '-';
    private const char Label = 'c';
    private const char Number = 'n';

    /// <summary>The id of the first row of a request.</summary>
    /// <param name="request">The request's own, of version 7.</param>
    /// <param name="model">What answers it.</param>
    /// <param name="deployment">The number of the deployment; 0 when a version was asked for by its name.</param>
    /// <param name="unit">Who asks, as far as a split of traffic goes; 0 without one.</param>
    internal PredictionId(Guid request, CachedModel model, int deployment, ulong unit) =>
        (Request, ModelTag, Sequence, Deployment, Unit) = (request, model.ModelTag, model.Version.Sequence, deployment, unit);

    /// <summary>The request: the same for all its rows.</summary>
    public Guid Request { get; init; }

    /// <summary>Tells the model from others; see <see cref="TagOf"/>.</summary>
    public uint ModelTag { get; init; }

    /// <summary>The version that predicted.</summary>
    public int Sequence { get; init; }

    /// <summary>The number of the deployment by which it did; 0 when it was asked for by its name.</summary>
    public int Deployment { get; init; }

    /// <summary>Who asked, as far as a split of traffic goes: bits of a salted hash of the caller's key, else random ones; 0 without a split.</summary>
    public ulong Unit { get; init; }

    /// <summary>The row of the request, or the step of the forecast, from 0.</summary>
    public int Row { get; init; }

    /// <summary>What was predicted.</summary>
    public PredictedValue Predicted { get; init; }

    /// <summary>When the request came, to the millisecond.</summary>
    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds);

    private long Milliseconds
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Request.TryWriteBytes(bytes, bigEndian: true, out _);
            return (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
        }
    }

    /// <summary>What tells a model in ids: 32 bits of the SHA-256 of its id, so that feedback on another model is noticed.</summary>
    public static uint TagOf(string modelId) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(modelId)));

    /// <summary>Reads an id; false for whatever no prediction was named.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PredictionId id)
    {
        id = default;
        if (text is not { Length: > RequestLength and <= MaxLength } || !Guid.TryParseExact(text.AsSpan(0, RequestLength), "N", out Guid request))
        {
            return false;
        }

        Span<Range> ranges = stackalloc Range[Parts + 2];
        ReadOnlySpan<char> rest = text.AsSpan(RequestLength);
        if (rest.Split(ranges, Separator) != Parts + 1)
        {
            return false;
        }

        ReadOnlySpan<char> predicted = rest[ranges[Parts]];
        if (!(TryNumber(rest[ranges[1]], uint.MaxValue, out ulong model)
            && TryNumber(rest[ranges[2]], int.MaxValue, out ulong sequence)
            && TryNumber(rest[ranges[3]], int.MaxValue, out ulong deployment)
            && TryNumber(rest[ranges[4]], ulong.MaxValue, out ulong unit)
            && TryNumber(rest[ranges[5]], int.MaxValue, out ulong row)
            && predicted.Length > 0 && predicted[0] is Label or Number
            && TryNumber(predicted[1..], ulong.MaxValue, out ulong bits)
            && sequence > 0))
        {
            return false;
        }

        id = new PredictionId
        {
            Request = request,
            ModelTag = (uint)model,
            Sequence = (int)sequence,
            Deployment = (int)deployment,
            Unit = unit,
            Row = (int)row,
            Predicted = new PredictedValue(predicted[0] == Label ? PredictedKind.Label : PredictedKind.Number, bits),
        };

        // One id has one form, so that it cannot be recorded twice under two.
        return id.ToString() == text && id.Milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    }

    /// <summary>The id of another row of the same request.</summary>
    public PredictionId Of(int row, PredictedValue predicted) => this with { Row = row, Predicted = predicted };

    /// <summary>The same request answered by another version.</summary>
    internal PredictionId By(CachedModel model) => this with { ModelTag = model.ModelTag, Sequence = model.Version.Sequence };

    /// <summary>Writes it.</summary>
    /// <param name="utf8">Has room for <see cref="MaxLength"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public int Format(Span<byte> utf8)
    {
        Request.TryFormat(utf8, out int length, "N");
        Append(utf8, ref length, ModelTag);
        Append(utf8, ref length, (ulong)Sequence);
        Append(utf8, ref length, (ulong)Deployment);
        Append(utf8, ref length, Unit);
        Append(utf8, ref length, (ulong)Row);
        utf8[length++] = (byte)Separator;
        utf8[length++] = (byte)(Predicted.Kind == PredictedKind.Label ? Label : Number);
        AppendDigits(utf8, ref length, Predicted.Bits);
        return length;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> utf8 = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(utf8[..Format(utf8)]);
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, ulong maximum, out ulong number) =>
        ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number) && number <= maximum;

    private static void Append(Span<byte> utf8, ref int length, ulong number)
    {
        utf8[length++] = (byte)Separator;
        AppendDigits(utf8, ref length, number);
    }

    private static void AppendDigits(Span<byte> utf8, ref int length, ulong number)
    {
        number.TryFormat(utf8[length..], out int digits, "x", CultureInfo.InvariantCulture);
        length += digits;
    }
}
