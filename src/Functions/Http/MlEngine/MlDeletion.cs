namespace Trainyard.Functions.Http.MlEngine;

/// <summary>That a version is deleted.</summary>
/// <param name="Success">True; whatever fails is a problem.</param>
/// <param name="ModelName">The model.</param>
/// <param name="ModelVersion">What was deleted.</param>
/// <param name="Status"><c>deleted</c>.</param>
/// <param name="DeletedAt">Since when.</param>
internal sealed record MlDeletion(bool Success, string ModelName, string ModelVersion, string Status, DateTimeOffset DeletedAt);
