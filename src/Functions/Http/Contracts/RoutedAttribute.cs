namespace Trainyard.Functions.Http.Contracts;

/// <summary>Says that an HTTP function asks whatever version a model's traffic leads to, by <see cref="Serving.RoutedRequest"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RoutedAttribute : Attribute;
