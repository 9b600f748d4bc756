using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Boosting;
using Trainyard.Learning.Learners.Linear;

namespace Trainyard.Learning.Forecasting.Lags;

/// <summary>A tabular learner that predicts each value from those before it, and its own predictions from there on.</summary>
/// <remarks>
/// The recursive strategy (Taieb and Hyndman, Recursive and direct multi-step forecasting, 2012). Intervals are drawn: each
/// step adds an error that the learner made on the last fifth of the series when fitted on what came before.
/// </remarks>
public sealed class LagMethod : IForecastMethod
{
    /// <summary>Rows that a fit needs at least, the held out ones included.</summary>
    private const int LeastRows = 10;

    /// <summary>One row in so many is held out, at the end, to see the errors of new values.</summary>
    private const int HeldOutShare = 5;

    /// <summary>Lags without a season, as far as the series allows.</summary>
    private const int UsualLags = 12;

    private static readonly HyperParameter Lags = new("lags", 0, 0, SeasonLength.Maximum + 1, "Values looked back at; 0 takes one season and one more, or 12 without a season, but no more than a third of the series (default: 0).") { IsInteger = true };
    private static readonly HyperParameter Differences = new("difference", 1, 0, 1, "1 learns the change from the last value, so that trends go on; 0 learns the value (default: 1, since trees do not go beyond what they have seen).") { IsInteger = true };

    private readonly IReadOnlyList<HyperParameter> learned;

    private LagMethod(string name, ILearner learner, params (string Name, double Default)[] defaults)
    {
        (Name, Learner) = (name, learner);
        learned = [.. learner.HyperParameters.Select(each => each with { Default = defaults.FirstOrDefault(other => other.Name == each.Name, (each.Name, each.Default)).Default })];
        HyperParameters = [SeasonLength.Parameter, Lags, Differences, .. learned];
    }

    /// <summary>Linear regression on lags: an autoregression. Unpenalised by default.</summary>
    public static LagMethod Regression { get; } = new("lag_regression", new LinearRegressionLearner(), ("l2", 0));

    /// <summary>Gradient boosting on lags. Leaves keep 5 rows by default: series are shorter than tables.</summary>
    public static LagMethod Boosting { get; } = new("lag_boosting", new GradientBoostingLearner(), ("min_rows_per_leaf", 5));

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What predicts the next value.</summary>
    public ILearner Learner { get; }

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; }

    /// <inheritdoc/>
    public IForecastModel Fit(TimeSeries series, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        settings.Validate(HyperParameters);
        LagLayout layout = Layout(series, settings);
        LearnerSettings inner = new(learned.Select(parameter => KeyValuePair.Create(parameter.Name, settings.Get(parameter))));
        TrainingSet set = Rows(series, layout);
        int known = set.Labels.Length - (set.Labels.Length / HeldOutShare);
        cancellationToken.ThrowIfCancellationRequested();
        IModel judge = Learner.Fit(First(set, known), inner, options with { Progress = null }, cancellationToken);
        double[] errors = Errors(judge, set, known);
        IModel model = Learner.Fit(set, inner, options, cancellationToken);
        return new LagModel(this, layout, series.Values[^layout.Lags..].ToArray(), series.Length % layout.SeasonLength, errors, model);
    }

    private LagLayout Layout(TimeSeries series, LearnerSettings settings)
    {
        int season = SeasonLength.Of(series, settings);
        bool differences = settings.Get(Differences) != 0;
        int least = differences ? 2 : 1;
        int asked = (int)settings.Get(Lags);
        int usual = Math.Min(season > 1 ? season + 1 : UsualLags, series.Length / 3);
        int lags = Math.Max(least, asked > 0 ? asked : usual);
        return series.Length >= lags + LeastRows
            ? new LagLayout(lags, season, differences, Learner.Needs.OneHotCategories)
            : throw new LearningException("series_too_short", $"The series has {series.Length} values; looking back at {lags} needs at least {lags + LeastRows}.", Lags.Name);
    }

    private static TrainingSet Rows(TimeSeries series, LagLayout layout)
    {
        int count = series.Length - layout.Lags;
        double[][] columns = new double[layout.FeatureCount][];
        for (int feature = 0; feature < columns.Length; feature++)
        {
            columns[feature] = new double[count];
        }

        double[] labels = new double[count];
        double[] row = new double[layout.FeatureCount];
        for (int index = 0; index < count; index++)
        {
            int step = index + layout.Lags;
            ReadOnlySpan<double> past = series.Values[index..step];
            layout.Fill(past, step % layout.SeasonLength, row);
            labels[index] = series.Values[step] - layout.Origin(past);
            for (int feature = 0; feature < row.Length; feature++)
            {
                columns[feature][index] = row[feature];
            }
        }

        return new TrainingSet(new FeatureMatrix(layout.Describe(), columns, count), labels, LearningTask.Regression, 0);
    }

    private static TrainingSet First(TrainingSet set, int count) => set with
    {
        Features = set.Features.SelectRows([.. Enumerable.Range(0, count)]),
        Labels = set.Labels[..count],
    };

    private static double[] Errors(IModel model, TrainingSet set, int known)
    {
        double[] row = new double[set.Features.FeatureCount];
        double[] output = new double[1];
        double[] errors = new double[set.Labels.Length - known];
        for (int index = 0; index < errors.Length; index++)
        {
            set.Features.CopyRow(known + index, row);
            model.Predict(row, output);
            errors[index] = set.Labels[known + index] - output[0];
        }

        return errors;
    }
}
