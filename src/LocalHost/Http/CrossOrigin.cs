using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Trainyard.Functions.Configuration;
using Trainyard.Functions.Http;

namespace Trainyard.LocalHost.Http;

/// <summary>Tells browsers which pages of other origins may ask this host. In Azure the platform does it, before any function.</summary>
internal static class CrossOrigin
{
    /// <summary>Adds what <see cref="Use"/> needs, where origins are configured.</summary>
    /// <exception cref="InvalidOperationException">A setting cannot be meant; the message names it.</exception>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        CrossOriginOptions options = CrossOriginSettings.Read(configuration);
        if (options.IsEnabled)
        {
            AddPolicy(services, options);
        }
    }

    /// <summary>Answers preflights and marks answers. Before anybody is asked who he is: a preflight carries no credentials.</summary>
    public static void Use(WebApplication application)
    {
        CrossOriginOptions options = CrossOriginSettings.Read(application.Configuration);
        if (options.IsEnabled)
        {
            UsePolicy(application, options);
        }
    }

    // Methods of their own, so that the framework's part is loaded only where it is needed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddPolicy(IServiceCollection services, CrossOriginOptions options) => services.AddCors(cors => cors.AddDefaultPolicy(policy =>
    {
        policy.WithOrigins([.. options.Origins])
            .WithMethods([.. CrossOriginOptions.Methods])
            .WithHeaders([.. CrossOriginOptions.RequestHeaders])
            .WithExposedHeaders([.. CrossOriginOptions.ResponseHeaders])
            .SetPreflightMaxAge(CrossOriginOptions.MaxAge);
        if (options.AllowCredentials)
        {
            policy.AllowCredentials();
        }
    }));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UsePolicy(WebApplication application, CrossOriginOptions options)
    {
        if (!options.Origins.Contains(CrossOriginOptions.Any, StringComparer.Ordinal))
        {
            application.Use(VaryAsync);
        }

        application.UseCors();
    }

    // The framework says so only to an allowed origin, and only where there are several; a cache must know of it always.
    private static Task VaryAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(
            static state =>
            {
                IHeaderDictionary headers = ((HttpResponse)state).Headers;
                if (!headers.GetCommaSeparatedValues(HeaderNames.Vary).Contains(HeaderNames.Origin, StringComparer.OrdinalIgnoreCase))
                {
                    headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.Origin);
                }

                return Task.CompletedTask;
            },
            context.Response);
        return next(context);
    }
}
