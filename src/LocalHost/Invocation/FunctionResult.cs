using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Trainyard.LocalHost.Invocation;

/// <summary>What a function's return type means once awaited.</summary>
internal static class FunctionResult
{
    /// <summary>The type a caller gets after awaiting <paramref name="returned"/>; <c>void</c> for nothing.</summary>
    public static Type TypeOf(Type returned)
    {
        if (returned == typeof(Task) || returned == typeof(ValueTask))
        {
            return typeof(void);
        }

        bool isTask = returned.IsGenericType
            && (returned.GetGenericTypeDefinition() == typeof(Task<>) || returned.GetGenericTypeDefinition() == typeof(ValueTask<>));
        return isTask ? returned.GetGenericArguments()[0] : returned;
    }

    /// <summary>True when an HTTP function may return it; <c>void</c> is one that writes the response itself.</summary>
    public static bool IsHttpResult(Type type) =>
        type == typeof(void) || typeof(IResult).IsAssignableFrom(type) || typeof(IActionResult).IsAssignableFrom(type);
}
