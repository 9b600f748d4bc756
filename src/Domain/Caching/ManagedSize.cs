using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Trainyard.Domain.Caching;

/// <summary>Measures what objects take of managed memory. Thread safe.</summary>
/// <remarks>
/// Walks the fields, as the garbage collector does, and adds up the size of each object once: a header of 16 bytes, the
/// fields, rounded up to 8 (arrays and texts: their elements). It reflects, so it is for things that stay for long, such as
/// a loaded model, and not for paths that are taken often. What describes code (types, methods) belongs to nobody and is left out.
/// </remarks>
internal static class ManagedSize
{
    // Of the 64-bit runtime: object header and method table pointer; arrays have their length besides.
    private const int ObjectHeader = 16;
    private const int ArrayHeader = 24;
    private const int TextHeader = 22;
    private const int Reference = 8;
    private const int SmallestObject = 24;

    private static readonly MethodInfo SizeOf = typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!;
    private static readonly ConcurrentDictionary<Type, Layout> Layouts = new();

    /// <summary>Bytes that <paramref name="root"/> and all that it refers to take.</summary>
    public static long Of(object root)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance) { root };
        Stack<object> open = new([root]);
        long bytes = 0;
        while (open.TryPop(out object? each))
        {
            bytes += Visit(each, Reach);
        }

        return bytes;

        void Reach(object? reference)
        {
            if (reference is not null and not MemberInfo and not Assembly and not Module && seen.Add(reference))
            {
                open.Push(reference);
            }
        }
    }

    /// <summary>The size of one object; what it refers to is handed over.</summary>
    private static long Visit(object each, Action<object?> reach)
    {
        switch (each)
        {
            case string text:
                return Rounded(TextHeader + (sizeof(char) * (long)text.Length));
            case Array array:
                Layout element = LayoutOf(each.GetType().GetElementType()!);
                ReachElements(array, element, reach);
                return Rounded(ArrayHeader + (element.InPlace * array.LongLength));
            default:
                Layout layout = LayoutOf(each.GetType());
                ReachFields(each, layout, reach);
                return layout.OnHeap;
        }
    }

    private static void ReachElements(Array array, Layout element, Action<object?> reach)
    {
        if (!element.IsValue)
        {
            foreach (object? item in array)
            {
                reach(item);
            }
        }
        else if (element.Fields.Length > 0)
        {
            foreach (object? item in array)
            {
                ReachFields(item!, element, reach);
            }
        }
    }

    private static void ReachFields(object each, Layout layout, Action<object?> reach)
    {
        foreach (FieldInfo field in layout.Fields)
        {
            object? value = field.GetValue(each);
            if (!field.FieldType.IsValueType)
            {
                reach(value);
            }
            else if (value is not null)
            {
                ReachFields(value, LayoutOf(field.FieldType), reach);
            }
        }
    }

    private static Layout LayoutOf(Type type) => Layouts.GetOrAdd(type, static each => Describe(each));

    private static Layout Describe(Type type)
    {
        List<FieldInfo> all = [];
        long end = 0;
        Stack<Type> levels = new();
        for (Type? declaring = type; declaring is not null && declaring != typeof(object); declaring = declaring.BaseType)
        {
            levels.Push(declaring);
        }

        foreach (Type level in levels)
        {
            FieldInfo[] own = level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
            end = EndOf(own, end);
            all.AddRange(own);
        }

        bool isValue = type.IsValueType;
        FieldInfo[] followed = type.IsPrimitive || type.IsEnum ? [] : [.. all.Where(field => HoldsReferences(field.FieldType))];
        int inPlace = isValue ? ValueSize(type) : Reference;
        return new Layout(isValue, inPlace, Math.Max(Rounded(ObjectHeader + (isValue ? inPlace : end)), SmallestObject), followed);
    }

    // As the runtime lays classes out: below the fields of the base class first the references and plain values, then the
    // structures, each from a multiple of 8 on.
    private static long EndOf(FieldInfo[] fields, long end)
    {
        long start = fields.Any(field => FieldSize(field.FieldType) >= Reference) ? Rounded(end) : end;
        FieldInfo[] structures = [.. fields.Where(field => field.FieldType is { IsValueType: true, IsPrimitive: false, IsEnum: false })];
        long plain = start + fields.Except(structures).Sum(field => (long)FieldSize(field.FieldType));
        return structures.Length == 0 ? plain : Rounded(plain) + structures.Sum(field => Rounded(FieldSize(field.FieldType)));
    }

    private static bool HoldsReferences(Type type) =>
        !type.IsPointer && !type.IsFunctionPointer && (!type.IsValueType || (!type.IsPrimitive && !type.IsEnum && LayoutOf(type).Fields.Length > 0));

    private static int FieldSize(Type type) => type.IsValueType ? ValueSize(type) : Reference;

    private static int ValueSize(Type type) => type.IsByRefLike ? Reference : (int)SizeOf.MakeGenericMethod(type).Invoke(null, null)!;

    private static long Rounded(long bytes) => (bytes + 7) & ~7L;

    /// <summary>What is known of a type.</summary>
    /// <param name="IsValue">Whether its values lie where they are used.</param>
    /// <param name="InPlace">Bytes of a field or element of it.</param>
    /// <param name="OnHeap">Bytes of an object of it.</param>
    /// <param name="Fields">Fields that hold references, or values that do.</param>
    private sealed record Layout(bool IsValue, int InPlace, long OnHeap, FieldInfo[] Fields);
}
