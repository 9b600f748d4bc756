using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Trainyard.LocalHost.Invocation;

/// <summary>Compiles a function's call, so that no invocation uses reflection.</summary>
internal static class FunctionCompiler
{
    private static readonly ParameterExpression Context = Expression.Parameter(typeof(LocalFunctionContext), "context");

    /// <summary>A delegate that builds the instance, binds the parameters, calls the method and awaits it.</summary>
    public static FunctionBody Compile(LocalFunction function)
    {
        MethodInfo method = function.Method;
        Expression? instance = method.IsStatic ? null : NewInstance(method.DeclaringType!);
        Expression call = Expression.Call(instance, method, function.Parameters.Select(Bind));
        return Expression.Lambda<FunctionBody>(Adapt(call), function.Name, [Context]).Compile();
    }

    private static Expression NewInstance(Type type)
    {
        ObjectFactory factory = ActivatorUtilities.CreateFactory(type, Type.EmptyTypes);
        Expression services = Expression.Property(Context, nameof(LocalFunctionContext.InstanceServices));
        Expression built = Expression.Invoke(Expression.Constant(factory), services, Expression.Constant(null, typeof(object[])));
        return Expression.Convert(built, type);
    }

    private static Expression Bind(BoundParameter parameter) => parameter.Source switch
    {
        ParameterSource.HttpRequest => Expression.Property(Expression.Property(Context, nameof(LocalFunctionContext.HttpContext)), "Request"),
        ParameterSource.RouteValue => BindRouteValue(parameter),
        ParameterSource.Payload => Expression.Convert(Expression.Property(Context, nameof(LocalFunctionContext.Payload)), parameter.Type),
        ParameterSource.JsonPayload => CallGeneric(typeof(JsonPayload), nameof(JsonPayload.Read), parameter.Type, Context),
        ParameterSource.DurableClient => CallGeneric(typeof(FunctionCompiler), nameof(Resolve), parameter.Type, Context),
        ParameterSource.CancellationToken => Expression.Property(Context, nameof(LocalFunctionContext.CancellationToken)),
        _ => Context,
    };

    private static Expression BindRouteValue(BoundParameter parameter)
    {
        Expression name = Expression.Constant(parameter.Name);
        if (parameter.Type == typeof(string))
        {
            return Expression.Call(typeof(RouteValue), nameof(RouteValue.Text), null, Context, name);
        }

        return Nullable.GetUnderlyingType(parameter.Type) is { } optional
            ? CallGeneric(typeof(RouteValue), nameof(RouteValue.Optional), optional, Context, name)
            : CallGeneric(typeof(RouteValue), nameof(RouteValue.Required), parameter.Type, Context, name);
    }

    private static Expression Adapt(Expression call)
    {
        Type returned = call.Type;
        if (returned == typeof(void))
        {
            return Expression.Block(call, Expression.Default(typeof(ValueTask<object?>)));
        }

        Type result = FunctionResult.TypeOf(returned);
        if (result == returned)
        {
            return Expression.New(typeof(ValueTask<object?>).GetConstructor([typeof(object)])!, Expression.Convert(call, typeof(object)));
        }

        bool isTask = typeof(Task).IsAssignableFrom(returned);
        string adapter = isTask ? nameof(ResultAdapter.FromTask) : nameof(ResultAdapter.FromValueTask);
        return result == typeof(void)
            ? Expression.Call(typeof(ResultAdapter), adapter, null, call)
            : CallGeneric(typeof(ResultAdapter), adapter, result, call);
    }

    private static MethodCallExpression CallGeneric(Type owner, string method, Type argument, params Expression[] arguments) =>
        Expression.Call(owner, method, [argument], arguments);

    private static T Resolve<T>(LocalFunctionContext context)
        where T : notnull => context.InstanceServices.GetRequiredService<T>();
}
