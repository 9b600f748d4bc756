using System.Text.Json.Serialization;

namespace Trainyard.Learning.Onnx;

/// <summary>How lists are written into an ONNX file's metadata.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class OnnxJson : JsonSerializerContext;
