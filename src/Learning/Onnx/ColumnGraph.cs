using Trainyard.Learning.Data;
using Trainyard.Learning.Features.Encodings;

namespace Trainyard.Learning.Onnx;

/// <summary>Writes a feature plan's encodings as operators: columns in, features out.</summary>
internal sealed class ColumnGraph(GraphWriter graph)
{
    /// <summary>The features of one column, side by side: one value per row and feature.</summary>
    /// <exception cref="LearningException"><c>onnx_unsupported</c>: free text, which no operator hashes as the plan does.</exception>
    public string Write(ColumnEncoding encoding) => encoding switch
    {
        NumberEncoding number => Number(number),
        BooleanEncoding boolean => Boolean(boolean),
        CategoryEncoding category => Category(category),
        DateEncoding date => Date(date),
        _ => throw new LearningException("onnx_unsupported", $"Column '{encoding.Column}' holds free text, which ONNX has no operator for. Train without it.", encoding.Column),
    };

    /// <summary>What a column's input carries: texts for categories, else numbers.</summary>
    public static TensorProto.Types.DataType TypeOf(ColumnEncoding encoding) =>
        encoding is CategoryEncoding ? TensorProto.Types.DataType.String : TensorProto.Types.DataType.Double;

    private string Number(NumberEncoding number)
    {
        string value = Scaled(number.Column, number.Scaling);
        return number.HasIndicator ? graph.Concat([value, Marks(number.Column)]) : value;
    }

    private string Boolean(BooleanEncoding boolean)
    {
        string value = boolean.Fill is { } fill ? Filled(boolean.Column, fill ? 1 : 0) : boolean.Column;
        return boolean.HasIndicator ? graph.Concat([value, Marks(boolean.Column)]) : value;
    }

    private string Date(DateEncoding date)
    {
        DateGraph parts = new(graph, date.Column);
        List<string> features = [.. date.Parts.Select(part => Scaled(parts.Write(part.Part), part.Scaling))];
        if (date.HasIndicator)
        {
            features.Add(Marks(date.Column));
        }

        return graph.Concat(features);
    }

    private string Category(CategoryEncoding category)
    {
        int count = category.Categories.Count + (category.HasOther ? 1 : 0);
        string[] missing = [.. MissingTexts().Except(category.Categories, StringComparer.Ordinal)];
        long[] codes = [.. Enumerable.Range(0, category.Categories.Count).Select(index => (long)index), .. missing.Select(_ => (long)(category.Fill ?? TreeGraph.NoCategory))];
        string index = Encode(category.Column, [.. category.Categories, .. missing], codes, category.HasOther ? category.Categories.Count : TreeGraph.NoCategory);
        string value = category.OneHot
            ? graph.ToDouble(graph.Add("Equal", [index, graph.Constant([.. Enumerable.Range(0, count).Select(each => (double)each)], 1, count)]))
            : index;
        return category.HasIndicator ? graph.Concat([value, Encode(category.Column, missing, [.. missing.Select(_ => 1L)], 0)]) : value;
    }

    /// <summary>Whole numbers that stand for texts, as doubles.</summary>
    private string Encode(string column, string[] texts, long[] codes, long other) => graph.ToDouble(graph.Add(
        GraphWriter.MachineLearning,
        "LabelEncoder",
        [column],
        Attributes.Of("keys_strings", texts),
        Attributes.Of("values_int64s", codes),
        Attributes.Of("default_int64", other)));

    /// <summary>Empty text, and the usual markers as written, in small and in capital letters.</summary>
    private static IEnumerable<string> MissingTexts() =>
        MissingMarkers.Default.Markers.SelectMany(marker => new[] { marker, marker.ToLowerInvariant(), marker.ToUpperInvariant() }).Prepend(string.Empty).Distinct(StringComparer.Ordinal);

    private string Scaled(string value, Scaling scaling)
    {
        string filled = scaling.Fill is { } fill ? Filled(value, fill) : value;
        if (scaling.Scale is not { } scale)
        {
            return filled;
        }

        string standardized = graph.Add("Div", [graph.Add("Sub", [filled, graph.Scalar(scaling.Mean)]), graph.Scalar(scale)]);
        string bounded = graph.Add("Min", [graph.Add("Max", [standardized, graph.Scalar(-Scaling.MaxStandardized)]), graph.Scalar(Scaling.MaxStandardized)]);

        // What Min and Max make of NaN is not the same everywhere.
        return scaling.Fill is null ? graph.Add("Where", [graph.Add("IsNaN", [filled]), filled, bounded]) : bounded;
    }

    private string Filled(string value, double fill) => graph.Add("Where", [graph.Add("IsNaN", [value]), graph.Scalar(fill), value]);

    private string Marks(string value) => graph.ToDouble(graph.Add("IsNaN", [value]));
}
