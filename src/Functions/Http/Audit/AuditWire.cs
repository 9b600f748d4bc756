using System.Text.Json.Serialization;
using Trainyard.Domain.Audit;
using Trainyard.Domain.Paging;

namespace Trainyard.Functions.Http.Audit;

/// <summary>How audit entries travel: snake case, moments in UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcTimestampConverter), typeof(SnakeCaseCallerKind)])]
[JsonSerializable(typeof(ResultPage<AuditEntry>))]
internal sealed partial class AuditWire : JsonSerializerContext;
