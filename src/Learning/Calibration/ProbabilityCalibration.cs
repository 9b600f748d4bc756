using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Calibration;

/// <summary>Maps a classifier's probabilities to calibrated ones. Immutable and thread safe.</summary>
/// <remarks>
/// Two classes share one curve, of the second class. More have one each, against the rest; their values are then divided
/// by their sum (Zadrozny and Elkan, KDD 2002), and where all are 0 the classes are equally probable. Platt's curves take
/// log-odds, so that well-calibrated probabilities stay what they are; rising curves take probabilities.
/// </remarks>
public sealed class ProbabilityCalibration
{
    /// <summary>Probabilities this near to 0 or 1 are as good as certain; keeps log-odds finite.</summary>
    internal const double SmallestProbability = 1e-15;

    private readonly PlattCurve[] platt;
    private readonly IsotonicCurve[] isotonic;

    private ProbabilityCalibration(int classCount, PlattCurve[] platt, IsotonicCurve[] isotonic)
    {
        ClassCount = classCount;
        this.platt = platt;
        this.isotonic = isotonic;
    }

    /// <summary>Classes per row.</summary>
    public int ClassCount { get; }

    /// <summary>The kind of its curves.</summary>
    public CalibrationMethod Method => platt.Length > 0 ? CalibrationMethod.Platt : CalibrationMethod.Isotonic;

    /// <summary>Platt's curves over log-odds, one per class (of two classes only the second's); empty for the other method.</summary>
    internal IReadOnlyList<PlattCurve> Platt => platt;

    /// <summary>Rising curves over probabilities, one per class (of two classes only the second's); empty for the other method.</summary>
    internal IReadOnlyList<IsotonicCurve> Isotonic => isotonic;

    /// <summary>Fits curves to predictions on rows that the model has not seen.</summary>
    /// <param name="method">The kind of curve.</param>
    /// <param name="probabilities">Row-major, <paramref name="classCount"/> values per row.</param>
    /// <param name="labels">The true class index of each row.</param>
    /// <param name="classCount">At least 2.</param>
    /// <param name="cancellationToken">Observed at every pass over the rows.</param>
    /// <exception cref="LearningException"><c>calibration_one_class</c>: a class is missing, or is alone.</exception>
    public static ProbabilityCalibration Fit(CalibrationMethod method, ReadOnlySpan<double> probabilities, ReadOnlySpan<double> labels, int classCount, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        List<PlattCurve> logistic = [];
        List<IsotonicCurve> rising = [];
        double[] scores = new double[labels.Length];
        bool[] positive = new bool[labels.Length];
        for (int index = classCount == 2 ? 1 : 0; index < classCount; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int row = 0; row < labels.Length; row++)
            {
                double probability = probabilities[(row * classCount) + index];
                scores[row] = method == CalibrationMethod.Platt ? LogOdds(probability) : probability;
                positive[row] = (int)labels[row] == index;
            }

            if (method == CalibrationMethod.Platt)
            {
                logistic.Add(PlattCurve.Fit(scores, positive, cancellationToken));
            }
            else
            {
                rising.Add(IsotonicCurve.Fit(scores, positive, cancellationToken));
            }
        }

        return new ProbabilityCalibration(classCount, [.. logistic], [.. rising]);
    }

    /// <summary>Calibrates one row in place; allocates nothing.</summary>
    /// <param name="probabilities"><see cref="ClassCount"/> values.</param>
    public void Apply(Span<double> probabilities)
    {
        if (ClassCount == 2)
        {
            probabilities[1] = At(0, probabilities[1]);
            probabilities[0] = 1 - probabilities[1];
            return;
        }

        double sum = 0;
        for (int index = 0; index < ClassCount; index++)
        {
            probabilities[index] = At(index, probabilities[index]);
            sum += probabilities[index];
        }

        foreach (ref double probability in probabilities[..ClassCount])
        {
            probability = sum > 0 ? probability / sum : 1.0 / ClassCount;
        }
    }

    /// <summary>The natural logarithm of a probability's odds, finite for 0 and 1 too.</summary>
    internal static double LogOdds(double probability)
    {
        double inside = Math.Clamp(probability, SmallestProbability, 1 - SmallestProbability);
        return Math.Log(inside / (1 - inside));
    }

    internal void Write(SectionWriter writer)
    {
        writer.WriteInt32(ClassCount);
        writer.WriteInt32((int)Method);
        foreach (PlattCurve curve in platt)
        {
            writer.WriteDoubles([curve.Slope, curve.Intercept]);
        }

        foreach (IsotonicCurve curve in isotonic)
        {
            writer.WriteDoubles([.. curve.Scores]);
            writer.WriteDoubles([.. curve.Values]);
        }
    }

    internal static ProbabilityCalibration Read(SectionReader reader, int classCount)
    {
        int count = reader.ReadInt32("classes", classCount, classCount);
        bool isPlatt = reader.ReadInt32("method", (int)CalibrationMethod.Platt, (int)CalibrationMethod.Isotonic) == (int)CalibrationMethod.Platt;
        List<PlattCurve> logistic = [];
        List<IsotonicCurve> rising = [];
        for (int index = count == 2 ? 1 : 0; index < count; index++)
        {
            if (isPlatt)
            {
                double[] curve = reader.ReadFiniteDoubles("curve", 2);
                logistic.Add(new PlattCurve(curve[0], curve[1]));
            }
            else
            {
                rising.Add(new IsotonicCurve(reader.ReadDoubles(), reader.ReadDoubles()));
            }
        }

        reader.ExpectEnd();
        return new ProbabilityCalibration(count, [.. logistic], [.. rising]);
    }

    private double At(int curve, double probability) =>
        platt.Length > 0 ? platt[curve].At(LogOdds(probability)) : isotonic[curve].At(probability);
}
