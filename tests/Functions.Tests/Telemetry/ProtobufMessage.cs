using System.Buffers.Binary;
using System.Text;

namespace Trainyard.Functions.Tests.Telemetry;

/// <summary>A message of protocol buffers, read by the numbers of its fields alone.</summary>
internal sealed class ProtobufMessage
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Length = 2;
    private const int Fixed32 = 5;

    private readonly List<(int Number, byte[] Bytes, ulong Value)> fields = [];

    public ProtobufMessage(ReadOnlySpan<byte> message)
    {
        while (message.Length > 0)
        {
            ulong tag = ReadVarint(ref message);
            (byte[] bytes, ulong value) = Read(ref message, (int)(tag & 7));
            fields.Add(((int)(tag >> 3), bytes, value));
        }
    }

    public IEnumerable<ProtobufMessage> Messages(int number) => Of(number).Select(static field => new ProtobufMessage(field.Bytes));

    /// <summary>The messages below, field by field.</summary>
    public IEnumerable<ProtobufMessage> Path(params int[] numbers) =>
        numbers.Aggregate<int, IEnumerable<ProtobufMessage>>([this], static (messages, number) => messages.SelectMany(message => message.Messages(number)));

    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number));

    public byte[] Bytes(int number) => Of(number).Select(static field => field.Bytes).LastOrDefault([]);

    public ulong Number(int number) => Of(number).Select(static field => field.Value).LastOrDefault();

    public bool Has(int number) => Of(number).Any();

    private IEnumerable<(int Number, byte[] Bytes, ulong Value)> Of(int number) => fields.Where(field => field.Number == number);

    private static (byte[] Bytes, ulong Value) Read(ref ReadOnlySpan<byte> message, int wireType)
    {
        switch (wireType)
        {
            case Varint:
                return ([], ReadVarint(ref message));
            case Fixed64:
                return ([], BinaryPrimitives.ReadUInt64LittleEndian(Take(ref message, sizeof(ulong))));
            case Fixed32:
                return ([], BinaryPrimitives.ReadUInt32LittleEndian(Take(ref message, sizeof(uint))));
            case Length:
                int length = (int)ReadVarint(ref message);
                return (Take(ref message, length).ToArray(), 0);
            default:
                throw new InvalidDataException($"Wire type {wireType} is not one that OTLP uses.");
        }
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> message, int length)
    {
        ReadOnlySpan<byte> taken = message[..length];
        message = message[length..];
        return taken;
    }

    private static ulong ReadVarint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = Take(ref message, 1)[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
