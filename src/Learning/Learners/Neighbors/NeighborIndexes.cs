using Trainyard.Learning.Binary;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Neighbors;

/// <summary>Chooses how points are searched: in a tree, or from <see cref="NeighborList.LeastWidth"/> features on in a list.</summary>
/// <remarks>In a file a list is a tree without halves. Trees of that many features, which earlier builds wrote, are read as lists.</remarks>
internal static class NeighborIndexes
{
    public static INeighborIndex Build(FeatureMatrix matrix, CancellationToken cancellationToken)
    {
        if (matrix.FeatureCount < NeighborList.LeastWidth)
        {
            return NeighborTree.Build(matrix, cancellationToken);
        }

        RowPanels points = new(matrix.RowCount, matrix.FeatureCount);
        points.Fill(matrix, new double[matrix.FeatureCount], 0, points.PanelCount);
        return new NeighborList(points);
    }

    public static void Write(SectionWriter writer, int width, int[] rows, int[] features, double[] medians, double[] points)
    {
        writer.WriteInt32(width);
        writer.WriteInt32s(rows);
        writer.WriteInt32s(features);
        writer.WriteDoubles(medians);
        writer.WriteDoubles(points);
    }

    public static INeighborIndex Read(SectionReader reader)
    {
        int width = reader.ReadInt32("feature count", 0, int.MaxValue);
        int[] rows = reader.ReadInt32s();
        int[] features = reader.ReadInt32s();
        double[] medians = reader.ReadDoubles();
        if (rows.Length == 0 || Array.Exists(rows, row => row < 0 || row >= rows.Length) || (long)width * rows.Length > int.MaxValue)
        {
            throw reader.Invalid("the points name rows that are not there");
        }

        bool isList = width >= NeighborList.LeastWidth && features.Length == 0;
        bool fits = (isList || features.Length == NeighborTree.NodesFor(rows.Length)) && medians.Length == features.Length && Array.TrueForAll(medians, double.IsFinite)
            && (width == 0 || Array.TrueForAll(features, feature => feature >= 0 && feature < width));
        if (!fits)
        {
            throw reader.Invalid("the halves of the points do not fit their number");
        }

        double[] points = reader.ReadFiniteDoubles("points", width * rows.Length);
        return width < NeighborList.LeastWidth ? new NeighborTree(width, points, rows, features, medians) : new NeighborList(InOrder(reader, points, rows, width));
    }

    private static RowPanels InOrder(SectionReader reader, double[] points, int[] rows, int width)
    {
        int[] places = new int[rows.Length];
        Array.Fill(places, -1);
        for (int place = 0; place < rows.Length; place++)
        {
            places[rows[place]] = place;
        }

        if (Array.IndexOf(places, -1) >= 0)
        {
            throw reader.Invalid("a row is there twice");
        }

        RowPanels panels = new(rows.Length, width);
        for (int row = 0; row < rows.Length; row++)
        {
            panels.SetRow(row, points.AsSpan(places[row] * width, width));
        }

        panels.SetNorms();
        return panels;
    }
}
