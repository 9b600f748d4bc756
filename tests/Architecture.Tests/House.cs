using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Trainyard.Architecture.Tests;

/// <summary>Reads the arrows between assemblies and between folders (namespaces) out of what was compiled.</summary>
internal static class House
{
    public static readonly string[] Projects = ["Learning", "MLNet", "Domain", "Functions", "LocalHost"];

    public static AssemblyDefinition Open(string project) =>
        AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, $"Trainyard.{project}.dll"));

    /// <summary>Every arrow between two folders of one project, with one pair of types that draws it.</summary>
    public static Dictionary<(string From, string To), string> FolderArrows(string project)
    {
        string root = $"Trainyard.{project}";
        Dictionary<(string, string), string> arrows = [];
        using AssemblyDefinition assembly = Open(project);
        foreach (TypeDefinition type in assembly.MainModule.GetTypes())
        {
            foreach (TypeReference used in TypesUsedBy(type).Where(used => used.Scope is ModuleDefinition))
            {
                (string from, string to) = (Folder(root, type), Folder(root, used));
                if (from != to && from.Length > 0 && to.Length > 0)
                {
                    arrows.TryAdd((from, to), $"{type.FullName} -> {used.FullName}");
                }
            }
        }

        return arrows;
    }

    /// <summary>The first circle found, as the folders on it; empty when there is none.</summary>
    public static IReadOnlyList<string> FindCircle(IEnumerable<(string From, string To)> arrows)
    {
        ILookup<string, string> next = arrows.ToLookup(arrow => arrow.From, arrow => arrow.To);
        HashSet<string> done = [];
        List<string> path = [];
        foreach (string start in next.Select(group => group.Key).Order(StringComparer.Ordinal))
        {
            if (Visit(start) is { } circle)
            {
                return circle;
            }
        }

        return [];

        IReadOnlyList<string>? Visit(string folder)
        {
            if (path.IndexOf(folder) is >= 0 and int at)
            {
                return [.. path[at..], folder];
            }

            if (!done.Add(folder))
            {
                return null;
            }

            path.Add(folder);
            IReadOnlyList<string>? circle = next[folder].Select(Visit).FirstOrDefault(found => found is not null);
            path.RemoveAt(path.Count - 1);
            return circle;
        }
    }

    // A folder is the first name below the project's root namespace; types at the root belong to no folder. What the
    // compiler makes (source-generated regular expressions, closures) counts with the type it is nested in.
    private static string Folder(string root, TypeReference type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        return type.Namespace.StartsWith(root + ".", StringComparison.Ordinal)
            ? type.Namespace[(root.Length + 1)..].Split('.')[0]
            : string.Empty;
    }

    private static IEnumerable<TypeReference> TypesUsedBy(TypeDefinition type)
    {
        IEnumerable<TypeReference?> direct =
        [
            type.BaseType,
            .. type.Interfaces.Select(each => each.InterfaceType),
            .. type.Fields.Select(each => each.FieldType),
            .. type.CustomAttributes.Select(each => each.AttributeType),
        ];
        return direct.Concat(type.Methods.SelectMany(TypesUsedBy)).SelectMany(Unfold);
    }

    private static IEnumerable<TypeReference?> TypesUsedBy(MethodDefinition method)
    {
        IEnumerable<TypeReference?> signature = [method.ReturnType, .. method.Parameters.Select(each => each.ParameterType)];
        if (!method.HasBody)
        {
            return signature;
        }

        IEnumerable<TypeReference?> body = method.Body.Instructions.SelectMany(TypesUsedBy);
        return signature.Concat(method.Body.Variables.Select(each => each.VariableType)).Concat(body);
    }

    private static IEnumerable<TypeReference?> TypesUsedBy(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(each => each.ParameterType)],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    private static IEnumerable<TypeReference> Unfold(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Unfold)],
        TypeSpecification specification => Unfold(specification.ElementType),
        GenericParameter => [],
        _ => [type],
    };
}
