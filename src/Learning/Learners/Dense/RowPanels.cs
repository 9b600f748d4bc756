using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Trainyard.Learning.Features;

namespace Trainyard.Learning.Learners.Dense;

/// <summary>Rows laid out in panels of eight, feature by feature, so that eight rows are measured against several points at once.</summary>
/// <remarks>
/// |x - c|² is measured as |c|² - 2 x·c, to which the caller adds |x|²: one multiplication and addition per feature, for eight rows and
/// four points in registers (Goto and van de Geijn, Anatomy of high-performance matrix multiplication, ACM TOMS 34, 2008). Each
/// sum adds up in the order of the features and is rounded once per feature, so that it has the same bits on every processor.
/// </remarks>
internal sealed class RowPanels
{
    /// <summary>Rows of a panel.</summary>
    public const int Lanes = 8;

    /// <summary>Points that are measured at a time.</summary>
    public const int Points = 4;

    private readonly Vector512<double>[] values;

    /// <summary>Room for rows; what is read before it is written is not defined.</summary>
    public RowPanels(int count, int width)
    {
        Count = count;
        Width = width;
        PanelCount = (count + Lanes - 1) / Lanes;

        // Not cleared: that would take seconds for gigabytes, in which nobody could cancel.
        values = GC.AllocateUninitializedArray<Vector512<double>>(checked(PanelCount * width));
        values.AsSpan(Count / Lanes * width).Clear();
        Norms = new Vector512<double>[PanelCount];
    }

    public int Count { get; }

    public int Width { get; }

    /// <summary>Panels; the last one's places without a row hold zeros.</summary>
    public int PanelCount { get; }

    /// <summary>The squared length of each row.</summary>
    public Vector512<double>[] Norms { get; }

    private Span<double> Numbers => MemoryMarshal.Cast<Vector512<double>, double>(values.AsSpan());

    /// <summary>One panel: <see cref="Lanes"/> rows' values of each feature.</summary>
    public ReadOnlySpan<Vector512<double>> Panel(int panel) => values.AsSpan(panel * Width, Width);

    /// <summary>The same, value by value: the rows of the first feature, then of the next.</summary>
    public ReadOnlySpan<double> PanelValues(int panel) => Numbers.Slice(panel * Width * Lanes, Width * Lanes);

    /// <summary>Takes the values of some panels from a matrix, each less its feature's shift.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(FeatureMatrix matrix, ReadOnlySpan<double> shifts, int firstPanel, int endPanel)
    {
        int whole = Math.Min(endPanel, Count / Lanes);
        for (int feature = 0; feature < Width; feature++)
        {
            ReadOnlySpan<double> column = matrix.Column(feature);
            ReadOnlySpan<Vector512<double>> eights = MemoryMarshal.Cast<double, Vector512<double>>(column);
            Vector512<double> shift = Vector512.Create(shifts[feature]);
            for (int panel = firstPanel; panel < whole; panel++)
            {
                values[(panel * Width) + feature] = eights[panel] - shift;
            }

            for (int row = whole * Lanes; row < Math.Min(endPanel * Lanes, Count); row++)
            {
                Numbers[PlaceOf(row, feature)] = column[row] - shifts[feature];
            }
        }

        for (int panel = firstPanel; panel < endPanel; panel++)
        {
            SetNorms(panel);
        }
    }

    /// <summary>Replaces all rows by some of another's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(RowPanels source, ReadOnlySpan<int> rows, CancellationToken cancellationToken)
    {
        Span<double> to = Numbers;
        ReadOnlySpan<double> from = source.Numbers;
        for (int row = 0; row < rows.Length; row++)
        {
            // Each value lies in a cache line of its own, far from the last row's.
            cancellationToken.ThrowIfCancellationRequested();
            int target = PlaceOf(row, 0);
            int place = PlaceOf(rows[row], 0);
            for (int feature = 0; feature < Width; feature++)
            {
                to[target + (feature * Lanes)] = from[place + (feature * Lanes)];
            }
        }

        SetNorms();
    }

    /// <summary>Writes one row; <see cref="SetNorms()"/> comes after the last.</summary>
    public void SetRow(int row, ReadOnlySpan<double> own)
    {
        Span<double> numbers = Numbers;
        for (int feature = 0; feature < Width; feature++)
        {
            numbers[PlaceOf(row, feature)] = own[feature];
        }
    }

    /// <summary>Measures the rows that were written.</summary>
    public void SetNorms()
    {
        for (int panel = 0; panel < PanelCount; panel++)
        {
            SetNorms(panel);
        }
    }

    public void CopyRow(int row, Span<double> destination)
    {
        ReadOnlySpan<double> numbers = Numbers;
        for (int feature = 0; feature < Width; feature++)
        {
            destination[feature] = numbers[PlaceOf(row, feature)];
        }
    }

    /// <summary>What to measure against: -2 c, as many points as <see cref="Points"/> divides, and |c|², which is infinite for those made up.</summary>
    public static (double[] Factors, double[] Squares) Prepare(ReadOnlySpan<double> points, int width, int count)
    {
        int room = RoomFor(count);
        double[] factors = new double[room * width];
        double[] squares = new double[room];
        Prepare(points[..(count * width)], width, factors, squares);
        return (factors, squares);
    }

    /// <summary>The same without allocating.</summary>
    /// <param name="points">Point by point.</param>
    /// <param name="width">Values of a point.</param>
    /// <param name="factors">Receives -2 c, with <see cref="RoomFor"/> points.</param>
    /// <param name="squares">Receives |c|², likewise.</param>
    public static void Prepare(ReadOnlySpan<double> points, int width, Span<double> factors, Span<double> squares)
    {
        for (int index = 0; index < factors.Length; index++)
        {
            factors[index] = index < points.Length ? -2 * points[index] : 0;
        }

        for (int point = 0; point < squares.Length; point++)
        {
            ReadOnlySpan<double> own = point * width < points.Length || width == 0 ? points.Slice(point * width, width) : [];
            squares[point] = own.Length == width ? Vectors.Dot(own, own) : double.PositiveInfinity;
        }
    }

    /// <summary>The number of points made up to whole groups.</summary>
    public static int RoomFor(int count) => (count + Points - 1) / Points * Points;

    /// <summary>Measures a panel's rows against four points: squared distances less the rows' own squared lengths.</summary>
    /// <param name="panel">As of <see cref="Panel"/>.</param>
    /// <param name="factors">The four points' -2 c.</param>
    /// <param name="squares">Their |c|².</param>
    /// <param name="distances">Receives one vector per point.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Measure(ReadOnlySpan<Vector512<double>> panel, ReadOnlySpan<double> factors, ReadOnlySpan<double> squares, Span<Vector512<double>> distances)
    {
        ReadOnlySpan<double> forA = factors[..panel.Length];
        ReadOnlySpan<double> forB = factors.Slice(panel.Length, panel.Length);
        ReadOnlySpan<double> forC = factors.Slice(2 * panel.Length, panel.Length);
        ReadOnlySpan<double> forD = factors.Slice(3 * panel.Length, panel.Length);
        Vector512<double> a = Vector512.Create(squares[0]);
        Vector512<double> b = Vector512.Create(squares[1]);
        Vector512<double> c = Vector512.Create(squares[2]);
        Vector512<double> d = Vector512.Create(squares[3]);
        for (int feature = 0; feature < panel.Length; feature++)
        {
            Vector512<double> row = panel[feature];
            a = Vector512.FusedMultiplyAdd(row, Vector512.Create(forA[feature]), a);
            b = Vector512.FusedMultiplyAdd(row, Vector512.Create(forB[feature]), b);
            c = Vector512.FusedMultiplyAdd(row, Vector512.Create(forC[feature]), c);
            d = Vector512.FusedMultiplyAdd(row, Vector512.Create(forD[feature]), d);
        }

        (distances[0], distances[1], distances[2], distances[3]) = (a, b, c, d);
    }

    private int PlaceOf(int row, int feature) => (((row / Lanes * Width) + feature) * Lanes) + (row % Lanes);

    private void SetNorms(int panel)
    {
        Vector512<double> sum = Vector512<double>.Zero;
        foreach (Vector512<double> value in Panel(panel))
        {
            sum = Vector512.FusedMultiplyAdd(value, value, sum);
        }

        Norms[panel] = sum;
    }
}
