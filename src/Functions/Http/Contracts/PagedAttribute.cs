namespace Trainyard.Functions.Http.Contracts;

/// <summary>Says that an HTTP function answers with a page, by <see cref="QueryParameters.Page"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PagedAttribute : Attribute;
