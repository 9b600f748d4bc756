namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the property that holds the HTTP answer when a function has several outputs.</summary>
[AttributeUsage(AttributeTargets.Property)]
public class HttpResultAttribute : Attribute;
