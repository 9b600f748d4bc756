using System.Linq.Expressions;
using System.Reflection;

namespace Trainyard.LocalHost.Invocation;

/// <summary>A function's result, or one property of it.</summary>
internal sealed class ResultPart
{
    private readonly Lazy<Func<object, object?>> read;

    /// <param name="property">The property; null for the whole result.</param>
    public ResultPart(PropertyInfo? property) =>
        read = new Lazy<Func<object, object?>>(() => property is null ? static result => result : Compile(property));

    /// <summary>The part of a result, which may be null.</summary>
    public object? Of(object result) => read.Value(result);

    private static Func<object, object?> Compile(PropertyInfo property)
    {
        ParameterExpression result = Expression.Parameter(typeof(object), "result");
        Expression value = Expression.Property(Expression.Convert(result, property.DeclaringType!), property);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), result).Compile();
    }
}
