using System.Text.Json.Serialization;
using Trainyard.Domain.Batches;
using Trainyard.Domain.Batches.Results;
using Trainyard.Domain.Paging;

namespace Trainyard.Functions.Http.Batches;

/// <summary>How prediction jobs travel: snake case, moments in UTC.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(BatchDefinition))]
[JsonSerializable(typeof(BatchDocument))]
[JsonSerializable(typeof(ResultPage<BatchDocument>))]
[JsonSerializable(typeof(ResultPage<ResultRow>))]
internal sealed partial class BatchWire : JsonSerializerContext;
