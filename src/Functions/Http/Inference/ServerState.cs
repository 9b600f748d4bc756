using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Inference;

/// <summary>That the server answers.</summary>
/// <param name="Live">True.</param>
/// <param name="Ready">True, where readiness was asked for: the protocol's text calls it live there too, its clients call it ready.</param>
internal sealed record ServerState(bool Live, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Ready = null);
