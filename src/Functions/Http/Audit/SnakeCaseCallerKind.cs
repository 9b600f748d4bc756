using System.Text.Json;
using System.Text.Json.Serialization;
using Trainyard.Domain.Access;

namespace Trainyard.Functions.Http.Audit;

/// <summary>Kinds of callers as <c>key</c>, <c>token</c>, …</summary>
internal sealed class SnakeCaseCallerKind() : JsonStringEnumConverter<CallerKind>(JsonNamingPolicy.SnakeCaseLower);
