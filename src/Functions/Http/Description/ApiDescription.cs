using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.OpenApi;
using Trainyard.Functions.Access;

namespace Trainyard.Functions.Http.Description;

/// <summary>The API as an OpenAPI 3.1 document, made from the functions when it is first asked for. Immutable and thread safe.</summary>
public sealed class ApiDescription
{
    private const string Title = "Trainyard";

    private const string About =
        "Takes a table of data to a served model: upload a dataset, create a pipeline, run it, predict with what it deployed.\n\n"
        + "Every request acts for one tenant. Lists come in pages: send `continuation` back for the next. Work that takes long answers 202 with the address of its state. "
        + "What is wrong with a request comes back as problem details (RFC 9457) with a stable `code`, the `field` and the remedy.";

    private readonly Lazy<byte[]> json = new(Write);

    /// <summary>The document as UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Json => json.Value;

    /// <summary>Describes the functions of this app.</summary>
    /// <exception cref="InvalidOperationException">One is not described in full.</exception>
    internal static OpenApiDocument Describe()
    {
        OpenApiDocument document = CommonParts.NewDocument();
        document.Info = new OpenApiInfo
        {
            Title = Title, Version = PlatformVersion.Text, Description = About, License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "The host that served this document." }];
        XmlDocs docs = new();
        SchemaWriter schemas = new(document, docs);
        OperationWriter operations = new(document, schemas, new Refusals(document, schemas, ProblemCatalog.Read()), docs);
        foreach ((MethodInfo function, HttpTriggerAttribute trigger) in Operations.Find(typeof(ApiDescription).Assembly)
            .Select(function => (function, function.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>().Single()))
            .OrderBy(each => each.Item2.Route, StringComparer.Ordinal).ThenBy(each => each.function.Name, StringComparer.Ordinal))
        {
            // HEAD, where it is taken, is GET without the body and goes without saying.
            string path = "/" + trigger.Route;
            document.Paths.TryAdd(path, new OpenApiPathItem { Operations = [] });
            document.Paths[path].Operations!.Add(HttpMethod.Parse(trigger.Methods![0]), operations.Describe(function));
        }

        return document;
    }

    private static byte[] Write()
    {
        using MemoryStream stream = new();
        using (StreamWriter text = new(stream, leaveOpen: true) { NewLine = "\n" })
        {
            Describe().SerializeAsV31(new OpenApiJsonWriter(text));
        }

        return stream.ToArray();
    }
}
