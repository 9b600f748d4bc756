namespace Trainyard.Functions.Http.Inference;

/// <summary>That a model is loaded and answers.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Ready">True.</param>
internal sealed record ModelState(string Name, bool Ready);
