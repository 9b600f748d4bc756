using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;

namespace Trainyard.Functions.Access;

/// <summary>Says of an HTTP function who may call it and what a call counts as. Every one must have it.</summary>
/// <param name="scope">What a caller needs; <see cref="Scopes.None"/> makes the function public.</param>
/// <param name="limit">What it counts as.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OperationAttribute(Scopes scope, LimitClass limit) : Attribute
{
    /// <summary>What a caller needs.</summary>
    public Scopes Scope { get; } = scope;

    /// <summary>What it counts as.</summary>
    public LimitClass Limit { get; } = limit;

    /// <summary>Whether it changes something, so that the audit log has an entry of each call.</summary>
    public bool IsChange => Limit is LimitClass.Write or LimitClass.Upload;
}
