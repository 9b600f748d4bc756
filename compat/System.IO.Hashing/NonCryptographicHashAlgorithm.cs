using System.ComponentModel;

namespace System.IO.Hashing;

/// <summary>A hash over bytes that come in pieces; not for security. Instances are not thread safe.</summary>
public abstract class NonCryptographicHashAlgorithm
{
    // What a stream is read in; a multiple of the page size below the large object heap.
    private const int ReadBufferBytes = 64 * 1024;

    /// <summary>Tells the length of the hash.</summary>
    protected NonCryptographicHashAlgorithm(int hashLengthInBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hashLengthInBytes, 1);
        HashLengthInBytes = hashLengthInBytes;
    }

    /// <summary>Bytes of a hash.</summary>
    public int HashLengthInBytes { get; }

    /// <summary>Adds bytes.</summary>
    public abstract void Append(ReadOnlySpan<byte> source);

    /// <summary>Forgets all bytes.</summary>
    public abstract void Reset();

    /// <summary>Writes the hash of the bytes so far to exactly <see cref="HashLengthInBytes"/> bytes.</summary>
    protected abstract void GetCurrentHashCore(Span<byte> destination);

    /// <summary>Adds bytes.</summary>
    public void Append(byte[] source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Append(source.AsSpan());
    }

    /// <summary>Adds what is left of a stream.</summary>
    public void Append(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] buffer = new byte[ReadBufferBytes];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            Append(buffer.AsSpan(0, read));
        }
    }

    /// <summary>Adds what is left of a stream.</summary>
    public async Task AppendAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] buffer = new byte[ReadBufferBytes];
        for (int read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            read > 0;
            read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false))
        {
            Append(buffer.AsSpan(0, read));
        }
    }

    /// <summary>The hash of the bytes so far.</summary>
    public byte[] GetCurrentHash()
    {
        byte[] hash = new byte[HashLengthInBytes];
        GetCurrentHashCore(hash);
        return hash;
    }

    /// <summary>Writes the hash of the bytes so far, unless <paramref name="destination"/> is too short for it.</summary>
    public bool TryGetCurrentHash(Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = destination.Length < HashLengthInBytes ? 0 : HashLengthInBytes;
        if (bytesWritten > 0)
        {
            GetCurrentHashCore(destination[..HashLengthInBytes]);
        }

        return bytesWritten > 0;
    }

    /// <summary>Writes the hash of the bytes so far and returns its length.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public int GetCurrentHash(Span<byte> destination) =>
        TryGetCurrentHash(destination, out int written) ? written : throw TooShort();

    /// <summary>The hash of the bytes so far, which are then forgotten.</summary>
    public byte[] GetHashAndReset()
    {
        byte[] hash = new byte[HashLengthInBytes];
        GetHashAndResetCore(hash);
        return hash;
    }

    /// <summary>Writes the hash and forgets the bytes, unless <paramref name="destination"/> is too short for it.</summary>
    public bool TryGetHashAndReset(Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = destination.Length < HashLengthInBytes ? 0 : HashLengthInBytes;
        if (bytesWritten > 0)
        {
            GetHashAndResetCore(destination[..HashLengthInBytes]);
        }

        return bytesWritten > 0;
    }

    /// <summary>Writes the hash, forgets the bytes and returns the hash's length.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public int GetHashAndReset(Span<byte> destination) =>
        TryGetHashAndReset(destination, out int written) ? written : throw TooShort();

    /// <summary>Not a hash of the bytes: not supported, so that nobody takes it for one.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => throw new NotSupportedException("Use GetCurrentHash.");

    /// <summary>Writes the hash and forgets the bytes.</summary>
    protected virtual void GetHashAndResetCore(Span<byte> destination)
    {
        GetCurrentHashCore(destination);
        Reset();
    }

    private static ArgumentException TooShort() => new("The destination is too short for the hash.", "destination");
}
