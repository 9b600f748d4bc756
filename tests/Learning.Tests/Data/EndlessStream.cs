namespace Trainyard.Learning.Tests.Data;

/// <summary>A beginning, then one byte over and over; counts what was taken.</summary>
internal sealed class EndlessStream(byte[] beginning, byte filler, long length) : Stream
{
    public long Given { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get => Given; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int given = (int)Math.Min(count, length - Given);
        for (int index = 0; index < given; index++)
        {
            long position = Given + index;
            buffer[offset + index] = position < beginning.Length ? beginning[position] : filler;
        }

        Given += given;
        return given;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
