using System.Text.Json;
using System.Text.Json.Serialization;
using Trainyard.Learning.Data;

namespace Trainyard.Functions.Http.Datasets;

/// <summary>Column types as <c>number</c>, <c>category</c>, …</summary>
internal sealed class SnakeCaseColumnType() : JsonStringEnumConverter<ColumnType>(JsonNamingPolicy.SnakeCaseLower);
