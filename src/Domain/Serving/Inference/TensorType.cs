using System.Collections.Frozen;

namespace Trainyard.Domain.Serving.Inference;

/// <summary>A datatype of the Open Inference Protocol. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its elements are in JSON.</param>
/// <param name="Minimum">The least number.</param>
/// <param name="Maximum">The greatest number.</param>
/// <param name="IsWhole">Whether its numbers are whole.</param>
internal sealed record TensorType(string Name, TensorKind Kind, double Minimum, double Maximum, bool IsWhole)
{
    /// <summary>64-bit floating point.</summary>
    public static TensorType Fp64 { get; } = Real("FP64", double.MaxValue);

    /// <summary>Truth values.</summary>
    public static TensorType Bool { get; } = new("BOOL", TensorKind.Boolean, 0, 1, IsWhole: true);

    /// <summary>Texts.</summary>
    public static TensorType Bytes { get; } = new("BYTES", TensorKind.Text, 0, 0, IsWhole: false);

    private static readonly FrozenDictionary<string, TensorType> ByName = new[]
    {
        Bool, Bytes, Fp64, Real("FP32", float.MaxValue), Real("FP16", (double)Half.MaxValue),
        Whole("INT8", sbyte.MinValue, sbyte.MaxValue), Whole("INT16", short.MinValue, short.MaxValue),
        Whole("INT32", int.MinValue, int.MaxValue), Whole("INT64", long.MinValue, long.MaxValue),
        Whole("UINT8", 0, byte.MaxValue), Whole("UINT16", 0, ushort.MaxValue),
        Whole("UINT32", 0, uint.MaxValue), Whole("UINT64", 0, ulong.MaxValue),
    }.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>All names, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The datatype of that name; null when there is none.</summary>
    public static TensorType? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Whether a number is one of it.</summary>
    public bool Holds(double number) => number >= Minimum && number <= Maximum && (!IsWhole || double.IsInteger(number));

    private static TensorType Real(string name, double greatest) => new(name, TensorKind.Number, -greatest, greatest, IsWhole: false);

    private static TensorType Whole(string name, double least, double greatest) => new(name, TensorKind.Number, least, greatest, IsWhole: true);
}
