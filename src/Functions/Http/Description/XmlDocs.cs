using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Trainyard.Functions.Http.Description;

/// <summary>What the source says of functions, records and their members, as Markdown. Not thread safe.</summary>
/// <remarks>The compiler writes it beside each assembly (<c>GenerateDocumentationFile</c>); so one sentence serves who reads the code and who calls it.</remarks>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<Assembly, Dictionary<string, XElement>> byAssembly = [];

    /// <summary>The summary of a type; null where there is none.</summary>
    public string? Of(Type type) => Render(Find(type.Assembly, $"T:{IdOf(type)}")?.Element("summary"));

    /// <summary>The summary of a method; null where there is none.</summary>
    public string? Of(MethodInfo method)
    {
        string parameters = string.Join(',', method.GetParameters().Select(parameter => parameter.ParameterType.FullName));
        return Render(Find(method.DeclaringType!.Assembly, $"M:{IdOf(method.DeclaringType)}.{method.Name}({parameters})")?.Element("summary"));
    }

    /// <summary>What is said of a property: its own summary, or that of the record's parameter; null where there is none.</summary>
    public string? Of(PropertyInfo property)
    {
        Type type = property.DeclaringType!;
        XElement? own = Find(type.Assembly, $"P:{IdOf(type)}.{property.Name}")?.Element("summary");
        XElement? parameter = Find(type.Assembly, $"T:{IdOf(type)}")?.Elements("param").FirstOrDefault(each => (string?)each.Attribute("name") == property.Name);
        return Render(own ?? parameter);
    }

    private static string IdOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private XElement? Find(Assembly assembly, string id)
    {
        if (!byAssembly.TryGetValue(assembly, out Dictionary<string, XElement>? members))
        {
            string file = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
            members = File.Exists(file)
                ? XDocument.Load(file).Descendants("member").ToDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal)
                : [];
            byAssembly[assembly] = members;
        }

        return members.GetValueOrDefault(id);
    }

    private static string? Render(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        StringBuilder text = new();
        foreach (XNode node in element.Nodes())
        {
            text.Append(node switch
            {
                XText plain => plain.Value,
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "see" } see => Referred((string?)see.Attribute("cref") ?? (string?)see.Attribute("langword") ?? ""),
                XElement other => other.Value,
                _ => "",
            });
        }

        return Space().Replace(text.ToString(), " ").Trim();
    }

    // A constant or a list of names means its value to a caller, who has no source to look it up in.
    private static string Referred(string cref)
    {
        string name = cref[(cref.LastIndexOf('.') + 1)..];
        if (cref.Length < 2 || cref[1] != ':' || cref[0] is not ('F' or 'P'))
        {
            return $"`{name}`";
        }

        string typeName = cref[2..cref.LastIndexOf('.')];
        Type? type = AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(typeName)).FirstOrDefault(found => found is not null);
        object? value = type?.GetField(name, BindingFlags.Public | BindingFlags.Static)?.GetValue(null)
            ?? type?.GetProperty(name, BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
        return value switch
        {
            null => $"`{name}`",
            string text => $"`{text}`",
            IEnumerable several => string.Join(", ", several.Cast<object>().Select(each => $"`{each}`")),
            IFormattable single => $"`{single.ToString(null, CultureInfo.InvariantCulture)}`",
            _ => $"`{name}`",
        };
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Space();
}
