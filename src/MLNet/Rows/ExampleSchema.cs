using Microsoft.ML.Data;

namespace Trainyard.MLNet.Rows;

/// <summary>What Microsoft.ML is told of <see cref="Example"/>: how many features there are, and how many classes.</summary>
internal static class ExampleSchema
{
    /// <summary>Features that Microsoft.ML is given at least; where a set has none, one that is always 0.</summary>
    public const int LeastWidth = 1;

    /// <summary>The schema of rows of so many features.</summary>
    /// <param name="featureCount">Features of the set.</param>
    /// <param name="classCount">Classes that occur; 0 where there are none. Keys have a fixed range, so that their order is that of the classes and not that of the rows.</param>
    public static SchemaDefinition Of(int featureCount, int classCount)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Math.Max(featureCount, LeastWidth));
        schema[nameof(Example.Class)].ColumnType = new KeyDataViewType(typeof(uint), Math.Max(classCount, 1));
        return schema;
    }

    /// <summary>Copies a row; numbers beyond those of single precision become its largest.</summary>
    public static void Fill(ReadOnlySpan<double> row, Span<float> features)
    {
        for (int feature = 0; feature < row.Length; feature++)
        {
            features[feature] = (float)Math.Clamp(row[feature], -float.MaxValue, float.MaxValue);
        }
    }
}
