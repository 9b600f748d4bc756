using System.Collections.Frozen;
using System.Reflection;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace Trainyard.Functions.Http.Description;

/// <summary>A file of the page that shows the API.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="IsGzip">Whether the bytes are compressed.</param>
internal sealed record DocsAsset(ReadOnlyMemory<byte> Content, string ContentType, bool IsGzip)
{
    /// <summary>The page itself.</summary>
    public const string Page = "index.html";

    private const string Own = "docs/";

    // The package keeps its files compressed.
    private const string SwaggerUI = "Swashbuckle.AspNetCore.SwaggerUI.node_modules.swagger_ui_dist.";

    private static readonly FrozenDictionary<string, (Lazy<byte[]> Content, string Type, bool IsGzip)> Files =
        new Dictionary<string, (Lazy<byte[]>, string, bool)>(StringComparer.Ordinal)
        {
            [Page] = (Load(typeof(DocsAsset).Assembly, Own + Page), "text/html; charset=utf-8", false),
            ["docs.js"] = (Load(typeof(DocsAsset).Assembly, Own + "docs.js"), "text/javascript; charset=utf-8", false),
            ["swagger-ui-bundle.js"] = (LoadPackage("swagger-ui-bundle.js"), "text/javascript; charset=utf-8", true),
            ["swagger-ui.css"] = (LoadPackage("swagger-ui.css"), "text/css; charset=utf-8", true),
            ["favicon-32x32.png"] = (LoadPackage("favicon-32x32.png"), "image/png", true),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The file of that name; null when there is none.</summary>
    public static DocsAsset? Find(string name) => Files.TryGetValue(name, out var file) ? new DocsAsset(file.Content.Value, file.Type, file.IsGzip) : null;

    private static Lazy<byte[]> LoadPackage(string name) => new(() => Read(typeof(SwaggerUIOptions).Assembly, SwaggerUI + name));

    private static Lazy<byte[]> Load(Assembly assembly, string resource) => new(() => Read(assembly, resource));

    private static byte[] Read(Assembly assembly, string resource)
    {
        using Stream stream = assembly.GetManifestResourceStream(resource)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
