using Google.Protobuf;
using Kind = Trainyard.Learning.Onnx.AttributeProto.Types.AttributeType;

namespace Trainyard.Learning.Onnx;

/// <summary>Makes attributes of nodes.</summary>
internal static class Attributes
{
    public static AttributeProto Of(string name, long value) => new() { Name = name, Type = Kind.Int, I = value };

    public static AttributeProto Of(string name, string value) => new() { Name = name, Type = Kind.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Of(string name, TensorProto value) => new() { Name = name, Type = Kind.Tensor, T = value };

    public static AttributeProto Of(string name, IEnumerable<long> values)
    {
        AttributeProto attribute = new() { Name = name, Type = Kind.Ints };
        attribute.Ints.Add(values);
        return attribute;
    }

    public static AttributeProto Of(string name, IEnumerable<string> values)
    {
        AttributeProto attribute = new() { Name = name, Type = Kind.Strings };
        attribute.Strings.Add(values.Select(ByteString.CopyFromUtf8));
        return attribute;
    }
}
