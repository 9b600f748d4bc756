using System.Text.Json.Serialization;
using Trainyard.Domain.Paging;

namespace Trainyard.Functions.Http.Access;

/// <summary>How keys travel: snake case, moments in UTC.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(IssuedKeyView))]
[JsonSerializable(typeof(ResultPage<KeyView>))]
internal sealed partial class KeyWire : JsonSerializerContext;
